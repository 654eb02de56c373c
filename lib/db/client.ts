import { sql } from "drizzle-orm";
import { drizzle, type PostgresJsDatabase, type PostgresJsTransaction } from "drizzle-orm/postgres-js";
import type { ExtractTablesWithRelations } from "drizzle-orm/relations";
import postgres from "postgres";
import * as schema from "@/lib/db/schema";
import { env } from "@/lib/env";
import { once } from "@/lib/once";

type Schema = typeof schema;
export type Db = PostgresJsDatabase<Schema>;
export type Tx = PostgresJsTransaction<Schema, ExtractTablesWithRelations<Schema>>;
export type Pool = { db: Db; sql: postgres.Sql; close(): Promise<void> };

export function openPool(url: string, max: number): Pool {
  const client = postgres(url, {
    max,
    idle_timeout: 60,
    connect_timeout: 10,
    // The driver's own waits grow to 20 s, which would outlast the database's restart by far.
    backoff: () => 0.1 + Math.random() * 0.3,
    onnotice: () => undefined,
    connection: { application_name: "parley" },
  });
  return {
    db: drizzle(client, { schema, casing: "snake_case" }),
    sql: client,
    close: () => client.end({ timeout: 5 }),
  };
}

const slot = () => once<{ pool: Pool | undefined }>("db", () => ({ pool: undefined }));

/** The process's pool. Opened at first use. */
export function pool(): Pool {
  const held = slot();
  held.pool ??= openPool(env().DATABASE_URL ?? "", env().DATABASE_POOL);
  return held.pool;
}

export const db = (): Db => pool().db;

/** Runs one statement that every connection prepares once. Its text must always be the same, for its name to stand for it. */
export function runPrepared<Row>(db: Db | Tx, name: string, text: string, params: readonly unknown[]): Promise<Row[]> {
  const query = { sql: text, params: [...params] };
  return db._.session.prepareQuery<Prepared<Row>>(query, undefined, name, false).execute();
}
type Prepared<Row> = { execute: Row[]; all: Row[]; values: unknown[][] };

export async function closePool(): Promise<void> {
  const held = slot();
  const { pool: open } = held;
  held.pool = undefined;
  await open?.close();
}

/** The database's own clock, for elapsed time. Nothing moves it. */
export const elapsedNow = sql<Date>`clock_timestamp()`;

/** The SQLSTATE and constraint behind a failed statement, where the database refused it. */
export function refusalOf(error: unknown): { code: string; constraint: string } | undefined {
  const cause = error instanceof Error && error.cause ? error.cause : error;
  if (typeof cause !== "object" || cause === null || !("code" in cause)) return undefined;
  return { code: String(cause.code), constraint: "constraint_name" in cause ? String(cause.constraint_name) : "" };
}

export const isUniqueViolation = (error: unknown, constraint: string): boolean => {
  const refusal = refusalOf(error);
  return refusal?.code === "23505" && refusal.constraint === constraint;
};
