import type { Sql } from "postgres";

/** Of the server and not of an account. */
const HOUSE = "house";

/** Writes down where this server answers, for other processes that live on its database. */
export async function noteWhere(sql: Sql, url: string): Promise<void> {
  await sql`
    insert into stripe_local.switches (account, name, value) values (${HOUSE}, 'address', ${JSON.stringify({ url })}::text::jsonb)
    on conflict (account, name) do update set value = excluded.value`;
}

/** Where a server said last that it answers on this database, if one ever did. */
export async function readWhere(sql: Sql): Promise<string | undefined> {
  if (!(await isFurnished(sql))) return undefined;
  const [row] = await sql<{ url: string }[]>`
    select value ->> 'url' as url from stripe_local.switches where account = ${HOUSE} and name = 'address'`;
  return row?.url;
}

export async function forgetWhere(sql: Sql): Promise<void> {
  if (await isFurnished(sql))
    await sql`delete from stripe_local.switches where account = ${HOUSE} and name = 'address'`;
}

async function isFurnished(sql: Sql): Promise<boolean> {
  const [tables] = await sql<{ there: boolean }[]>`select to_regclass('stripe_local.switches') is not null as there`;
  return tables?.there ?? false;
}
