import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const Secrets = z.object({ JWT_SECRET: z.string().min(32), NEXTAUTH_SECRET: z.string().min(32) });
export type Secrets = z.output<typeof Secrets>;

/** The secrets of local mode: made once, kept beside the database, readable by this user alone. */
export function localSecrets(dataDir: string): Secrets {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, "secrets.json");
  return read(file) ?? make(file) ?? read(file) ?? lost(file);
}

function read(file: string): Secrets | undefined {
  try {
    return Secrets.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    if (isCode(error, "ENOENT")) return undefined;
    throw new Error(`${file}, which holds this server's secrets, is damaged. Remove it to have new ones made.`, {
      cause: error,
    });
  }
}

/** Several processes may get here at once. The file appears whole, and the first one's stays. */
function make(file: string): Secrets | undefined {
  const made: Secrets = {
    JWT_SECRET: randomBytes(32).toString("base64url"),
    NEXTAUTH_SECRET: randomBytes(32).toString("base64url"),
  };
  const own = `${file}.${process.pid}`;
  writeFileSync(own, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  try {
    linkSync(own, file);
    return made;
  } catch (error) {
    if (isCode(error, "EEXIST")) return undefined;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

function lost(file: string): never {
  throw new Error(`${file}, which holds this server's secrets, is removed while it is read.`);
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;
