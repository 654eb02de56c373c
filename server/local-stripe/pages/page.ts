import type { Sql } from "postgres";
import type { Surroundings } from "../store/space";

export type PageHouse = Surroundings & { sql: Sql; now(): Date };
export type Visit = { path: string[]; query: URLSearchParams; form: URLSearchParams; posted: boolean };
/** What a page answers: itself, another address, or a file. */
export type Shown = { page: string; status?: number } | { goTo: string } | { pdf: Buffer };
export type Page = { path: RegExp; show(house: PageHouse, visit: Visit): Promise<Shown> };

/** Ids are random, so each names one account. */
export async function accountOfObject(sql: Sql, id: string): Promise<string | undefined> {
  const [row] = await sql<
    { account: string }[]
  >`select account from stripe_local.objects where id = ${id} and not deleted limit 1`;
  return row?.account;
}
