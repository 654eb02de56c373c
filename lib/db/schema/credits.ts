import { sql } from "drizzle-orm";
import { bigint, check, pgTable, text } from "drizzle-orm/pg-core";
import type { Id } from "@/lib/ids";
import { accounts } from "./accounts";

/** One row is how many credits an account has bought in all, bonus included, whatever became of them. */
export const creditTotals = pgTable(
  "credit_totals",
  {
    accountId: text()
      .$type<Id<"account">>()
      .primaryKey()
      .references(() => accounts.id),
    bought: bigint({ mode: "number" }).notNull(),
  },
  (table) => [check("credit_totals_bought", sql`${table.bought} > 0`)],
);
