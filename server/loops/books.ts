import { desc, sql } from "drizzle-orm";
import { verifyBooks } from "@/lib/books/verify";
import { businessNow } from "@/lib/clock";
import { db } from "@/lib/db/client";
import { booksRuns } from "@/lib/db/schema";
import { newId } from "@/lib/ids";
import { log } from "@/lib/log";
import { minutes } from "@/lib/time";
import { metrics } from "../metrics";
import { every, type Loop } from "./every";

const POLL_MS = minutes(10);

/** Checks the books once a day, whoever checked them last, and shows what was found to whoever watches. */
export const startBooks = (): Loop =>
  every("books", POLL_MS, async () => {
    const [last] = await db()
      .select({ run: booksRuns, isDue: sql<boolean>`${booksRuns.startedAt} < clock_timestamp() - interval '1 day'` })
      .from(booksRuns)
      .orderBy(desc(booksRuns.startedAt))
      .limit(1);
    const run = last && !last.isDue ? last.run : await verifyBooks(system());
    for (const { name, violations, first } of run.results) {
      metrics().violations.set({ check: name }, violations);
      if (violations > 0) log().error({ check: name, violations, first }, "the books do not hold");
    }
  });

const system = () => ({
  actor: { kind: "system" as const, name: "nightly check" },
  db: db(),
  now: businessNow(),
  origin: { requestId: newId("req"), ip: null, userAgent: null },
});
