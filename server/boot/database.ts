import { join } from "node:path";
import { migrateDatabase } from "@/lib/db/migrate";
import { env, provide } from "@/lib/env";
import { isOutage } from "@/lib/errors";
import { log } from "@/lib/log";
import { startPostgres } from "../embedded-postgres/start";
import { localSecrets } from "./secrets";

export type Ground = { stop(): Promise<void> };

/** What everything else stands on: the environment completed, a database that runs and is up to date. */
export async function layGround(): Promise<Ground> {
  const { PARLEY_DATA, isProduction, DATABASE_URL } = env();
  if (!isProduction) provide(localSecrets(PARLEY_DATA));
  if (DATABASE_URL) {
    await migrateDatabase(DATABASE_URL).catch((error) => {
      if (!isOutage(error)) throw error;
      throw new Error(`The database at ${new URL(DATABASE_URL).host} cannot be reached.`, { cause: error });
    });
    return { stop: async () => undefined };
  }
  const postgres = await startPostgres({
    dataDir: join(PARLEY_DATA, "postgres"),
    database: "parley",
    durable: true,
    report: (line) => log().warn(line),
  });
  provide({ DATABASE_URL: postgres.url });
  await migrateDatabase(postgres.url);
  return { stop: () => postgres.stop() };
}
