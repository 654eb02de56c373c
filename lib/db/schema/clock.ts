import { sql } from "drizzle-orm";
import { bigint, check, integer, pgTable } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/**
 * At most one row: how far business time is ahead of the database's clock. While
 * `movedAt` lies ahead of that clock, business time stands still and waits for it:
 * business time is the later of the two, plus the offset.
 */
export const clock = pgTable(
  "clock",
  {
    id: integer().primaryKey().default(1),
    offsetMs: bigint({ mode: "number" }).notNull(),
    movedAt: instant().notNull(),
  },
  (table) => [check("clock_one_row", sql`${table.id} = 1`)],
);
