import { sql } from "drizzle-orm";
import { type Ctx, requireStaff, type SystemActor, type UserActor } from "@/lib/ctx";
import { elapsedNow } from "@/lib/db/client";
import { booksRuns } from "@/lib/db/schema";
import type { CheckResult } from "@/lib/db/schema/books";
import { newId } from "@/lib/ids";
import { linkTransfers } from "@/lib/ledger/link";
import { allChecks } from "./all-checks";

const BATCH = 5_000;

/** Recomputes every promise of the books from the entries up, and writes down what was found. Reads everything. */
export async function verifyBooks(ctx: Ctx<UserActor | SystemActor>): Promise<typeof booksRuns.$inferSelect> {
  if (ctx.actor.kind !== "system") requireStaff(ctx);
  const startedAt = performance.now();
  const results = await runChecks(ctx);
  const violations = results.reduce((sum, found) => sum + found.violations, 0);
  const tookSeconds = (performance.now() - startedAt) / 1_000;
  const [run] = await ctx.db
    .insert(booksRuns)
    .values({
      id: newId("books"),
      startedAt: sql`clock_timestamp() - make_interval(secs => ${tookSeconds})`,
      finishedAt: elapsedNow,
      violations,
      results,
      ...whoAsks(ctx),
    })
    .returning();
  if (!run) throw new Error("The run was not written down");
  return run;
}

function whoAsks({ actor }: Ctx<UserActor | SystemActor>) {
  return actor.kind === "user"
    ? { actorKind: actor.kind, actorId: actor.userId }
    : { actorKind: actor.kind, actorId: actor.name };
}

/** What is in no chain yet is put there first, so that the chain covers what is checked. */
export async function runChecks(ctx: Ctx): Promise<CheckResult[]> {
  for (let linked = BATCH; linked === BATCH; )
    ({ linked } = await linkTransfers(ctx, { since: new Date(0), most: BATCH }));
  const results: CheckResult[] = [];
  for (const { name, find } of allChecks) {
    const startedAt = performance.now();
    const found = await find(ctx);
    results.push({ name, ...found, tookMs: Math.round(performance.now() - startedAt) });
  }
  return results;
}
