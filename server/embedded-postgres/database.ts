import postgres from "postgres";
import { type Connection, urlOf } from "./connection";

export async function ensureDatabase(connection: Connection, database: string): Promise<void> {
  const sql = postgres(urlOf(connection, "postgres"), { max: 1, onnotice: () => undefined });
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${database}`;
    if (!found) await sql`create database ${sql(database)}`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}
