import { index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import type { Id } from "@/lib/ids";
import { instant, stampedNow } from "./columns";

/** What one check found: nothing, or so many offenders, and the first of them by name. */
export type CheckResult = { name: string; violations: number; first: string | null; tookMs: number };

/** One row is one time that the books were checked from end to end. */
export const booksRuns = pgTable(
  "books_runs",
  {
    id: text().$type<Id<"books">>().primaryKey(),
    startedAt: stampedNow(),
    finishedAt: instant().notNull(),
    /** How many things were wrong; zero is what everybody wants to read. */
    violations: integer().notNull(),
    results: jsonb().$type<CheckResult[]>().notNull(),
    /** Who asked: a person, or the clock. */
    actorKind: text().$type<"user" | "system">().notNull(),
    actorId: text().notNull(),
  },
  (table) => [index("books_runs_started").on(table.startedAt)],
);
