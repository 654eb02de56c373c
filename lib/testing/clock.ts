import postgres from "postgres";
import { closePool, pool } from "@/lib/db/client";
import { env } from "@/lib/env";

export type MovableClock = { move(seconds: number): Promise<void>; release(): Promise<void> };

/**
 * A database clock that stands until the test moves it: a function of the same name that every new connection finds
 * before PostgreSQL's own. The code under test is none the wiser.
 */
export async function aMovableClock(): Promise<MovableClock> {
  const url = env().DATABASE_URL ?? "";
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  const [found] = await sql<{ name: string }[]>`select quote_ident(current_database()) as name`;
  await sql`create schema if not exists standing`;
  await sql`create table if not exists standing.instant (at timestamptz)`;
  await sql`delete from standing.instant`;
  await sql`insert into standing.instant values (pg_catalog.clock_timestamp())`;
  await sql`create or replace function standing.clock_timestamp() returns timestamptz language sql stable
    as 'select at from standing.instant'`;
  await sql.unsafe(`alter database ${found?.name} set search_path = standing, public, pg_catalog`);
  await closePool();
  await pool().sql`select 1`;
  return {
    move: async (seconds) => void (await sql`update standing.instant set at = at + make_interval(secs => ${seconds})`),
    release: async () => {
      await sql.unsafe(`alter database ${found?.name} reset search_path`);
      await sql`drop schema standing cascade`;
      await sql.end();
      await closePool();
    },
  };
}
