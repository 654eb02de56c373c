import { createHash } from "node:crypto";
import type { TransactionSql } from "postgres";
import { refused, StripeRefusal } from "./errors";
import type { RawParts } from "./form";

const SECONDS_PER_DAY = 24 * 60 * 60;
const LONGEST_KEY = 255;

export type Kept = { status: number; body: string; request: string };
export type Keyed = { account: string; key: string; fingerprint: string; now: number; keeps: Keeping };

/** How long an answer is kept, and whether a failure is one. The newer API tries again what failed. */
type Keeping = { days: number; failures: boolean };
export const keepingOf = (path: string): Keeping =>
  path.startsWith("/v2/") ? { days: 30, failures: false } : { days: 1, failures: true };

/** The same parameters make the same print, in whatever order they came. */
export function fingerprintOf(method: string, path: string, params: RawParts): string {
  return createHash("sha256")
    .update(`${method} ${path} ${sorted(params)}`)
    .digest("hex");
}

function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => `${key}:${sorted(part)}`)
    .join()}}`;
}

export function judgeKey(key: string): void {
  if (key.length > LONGEST_KEY) throw refused(`Keys for idempotent requests can be at most ${LONGEST_KEY} characters.`);
}

/** Takes the key for this transaction, or says that another request holds it. */
export async function claimKey(sql: TransactionSql, { account, key }: Keyed): Promise<void> {
  const [row] = await sql`select pg_try_advisory_xact_lock(hashtextextended(${`${account} ${key}`}, 0)) as mine`;
  if (row?.mine) return;
  throw new StripeRefusal(409, {
    type: "invalid_request_error",
    code: "idempotency_key_in_use",
    message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. If that is not the case, make sure to use a new key for every request.`,
  });
}

export async function keptAnswer(
  sql: TransactionSql,
  { account, key, fingerprint, now, keeps }: Keyed,
): Promise<Kept | undefined> {
  const [row] = await sql<(Kept & { fingerprint: string; created: string })[]>`
    select fingerprint, status, body, request, created from stripe_local.idempotency where account = ${account} and key = ${key}`;
  if (!row) return undefined;
  if (Number(row.created) <= now - keeps.days * SECONDS_PER_DAY) {
    await sql`delete from stripe_local.idempotency where account = ${account} and key = ${key}`;
    return undefined;
  }
  if (row.fingerprint === fingerprint) return row;
  throw new StripeRefusal(400, {
    type: "idempotency_error",
    message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
  });
}

export async function keepAnswer(sql: TransactionSql, keyed: Keyed, { status, body, request }: Kept): Promise<void> {
  if (status >= 400 && !keyed.keeps.failures) return;
  await sql`
    insert into stripe_local.idempotency (account, key, fingerprint, status, body, request, created)
    values (${keyed.account}, ${keyed.key}, ${keyed.fingerprint}, ${status}, ${body}, ${request}, ${keyed.now})
    on conflict (account, key) do nothing`;
}
