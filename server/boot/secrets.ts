import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const Secrets = z.object({ JWT_SECRET: z.string().min(32), NEXTAUTH_SECRET: z.string().min(32) });
export type Secrets = z.output<typeof Secrets>;

/** The secrets of local mode: made once, kept beside the database, readable by this user alone. */
export function localSecrets(dataDir: string): Secrets {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, "secrets.json");
  try {
    const made: Secrets = {
      JWT_SECRET: randomBytes(32).toString("base64url"),
      NEXTAUTH_SECRET: randomBytes(32).toString("base64url"),
    };
    writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: "wx" });
    return made;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    return Secrets.parse(JSON.parse(readFileSync(file, "utf8")));
  }
}
