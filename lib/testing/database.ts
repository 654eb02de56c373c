import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { migrateDatabase } from "@/lib/db/migrate";

/** The name of the template carries the migrations it was made from, so a changed migration makes a new one. */
export function templateName(): string {
  const hash = createHash("sha256");
  for (const file of readdirSync("drizzle")
    .filter((name) => name.endsWith(".sql"))
    .sort())
    hash.update(readFileSync(join("drizzle", file)));
  return `template_${hash.digest("hex").slice(0, 12)}`;
}

export const inDatabase = (url: string, name: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
};

/** One migrated database that nobody may connect to, so that copying it never waits. */
export async function makeTemplate(serverUrl: string): Promise<void> {
  const name = templateName();
  const sql = postgres(serverUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql`select pg_advisory_lock(727276)`;
    const [found] = await sql`select 1 from pg_database where datname = ${name} and datistemplate`;
    if (found) return;
    await sql.unsafe(`drop database if exists ${name}`);
    await sql.unsafe(`create database ${name}`);
    await migrateDatabase(inDatabase(serverUrl, name));
    await sql.unsafe(`alter database ${name} is_template true allow_connections false`);
  } finally {
    await sql.end();
  }
}

/** A database for one worker, empty and migrated, made the first time the worker needs it. */
export async function workerDatabase(serverUrl: string, worker: string): Promise<string> {
  const name = `worker_${worker}_${templateName().slice(9)}`;
  const sql = postgres(serverUrl, { max: 1, onnotice: () => undefined });
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${name}`;
    if (!found) await sql.unsafe(`create database ${name} template ${templateName()} strategy file_copy`);
  } finally {
    await sql.end();
  }
  const url = inDatabase(serverUrl, name);
  await emptyDatabase(url);
  return url;
}

async function emptyDatabase(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    const tables = await sql<
      { name: string }[]
    >`select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`;
    // Past the triggers that keep what was written down from being removed.
    if (tables.length > 0)
      await sql.unsafe(
        `set session_replication_role = replica; truncate ${tables.map(({ name }) => name).join(", ")} restart identity cascade`,
      );
  } finally {
    await sql.end();
  }
}
