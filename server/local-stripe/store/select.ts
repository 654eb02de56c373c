import type { Fragment, Sql, TransactionSql } from "postgres";
import type { Range } from "../http/params";

/** One thing that must be true of a body. */
export type Condition =
  | { at: string; is: string | number | boolean | null }
  | { at: string; among: string[] }
  | { at: string; within: Range }
  | { at: string; contains: string }
  | { not: Condition }
  | { any: Condition[] };

export type Selection = {
  where?: Condition[];
  order?: "newest" | "oldest";
  limit?: number;
  after?: number;
  before?: number;
};

type Db = Sql | TransactionSql;

/** `at` is a path into the body with dots: `invoice_settings.default_payment_method`. */
export function condition(sql: Db, wanted: Condition): Fragment {
  if ("not" in wanted) return sql`coalesce(not ${condition(sql, wanted.not)}, true)`;
  if ("any" in wanted)
    return wanted.any.reduce<Fragment>((all, one) => sql`(${all} or ${condition(sql, one)})`, sql`false`);
  const value = valueAt(sql, wanted.at);
  if ("among" in wanted) return sql`${value} = any(${wanted.among})`;
  if ("contains" in wanted) return sql`${value} ilike ${`%${wanted.contains.replace(/[\\%_]/g, "\\$&")}%`}`;
  if ("within" in wanted) return bounds(sql, value, wanted.within);
  return wanted.is === null ? sql`${value} is null` : sql`${value} = ${String(wanted.is)}`;
}

function valueAt(sql: Db, at: string): Fragment {
  // Written out, because only the same expression meets its index.
  if (at === "customer") return sql`body ->> 'customer'`;
  if (at === "payment_intent") return sql`body ->> 'payment_intent'`;
  return sql`body #>> ${at.startsWith("metadata.") ? ["metadata", at.slice("metadata.".length)] : at.split(".")}`;
}

function bounds(sql: Db, value: Fragment, { gt, gte, lt, lte }: Range): Fragment {
  const number = sql`(${value})::numeric`;
  return sql`(${value} is not null ${gt === undefined ? sql`` : sql`and ${number} > ${gt}`} ${gte === undefined ? sql`` : sql`and ${number} >= ${gte}`} ${lt === undefined ? sql`` : sql`and ${number} < ${lt}`} ${lte === undefined ? sql`` : sql`and ${number} <= ${lte}`})`;
}
