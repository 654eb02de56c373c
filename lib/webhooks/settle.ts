import { and, eq, sql } from "drizzle-orm";
import { type Ctx, inTx, type TxCtx } from "@/lib/ctx";
import { deliveries, endpoints } from "@/lib/db/schema";
import type { Reply } from "@/lib/egress/post";
import { takeTurnOrWait } from "@/lib/limits";
import { announceChange } from "@/lib/outbox/announce";
import { seconds } from "@/lib/time";
import { disable } from "./internal";
import type { LeasedDelivery } from "./lease";
import { isTriedAgain, judge, LONGEST_FAILING_MS, type Verdict, waitAfter } from "./rules";

/** A busy account's open pages fetch again a few times a second and not for every delivery. */
const NEWS = { count: 3, windowMs: seconds(2) };

/** Writes down what came of one try and what follows from it. One that was taken over by another worker changes nothing. */
export async function settleDelivery(ctx: Ctx, leased: LeasedDelivery, reply: Reply): Promise<void> {
  const verdict = judge(reply);
  await inTx(ctx, async (ctx) => {
    const endpoint = await lockTarget(ctx, leased);
    if (!endpoint || !(await writeDown(ctx, leased, reply, verdict))) return;
    if (takeTurnOrWait(`webhook-news:${endpoint.accountId}`, NEWS) === 0)
      await announceChange(ctx, endpoint.accountId, "webhooks");
    if (verdict.is === "delivered") return forgetFailures(ctx, endpoint);
    if (endpoint.state === "disabled") return;
    if (verdict.is === "gone") return disable(ctx, endpoint, "gone");
    if (!isTriedAgain(leased.type)) return;
    if (endpoint.isHopeless) return disable(ctx, endpoint, "failing");
    if (!endpoint.failingSince)
      await ctx.db.update(endpoints).set({ failingSince: sql`clock_timestamp()` }).where(eq(endpoints.id, endpoint.id));
  });
}

async function lockTarget(ctx: TxCtx, { endpointId }: LeasedDelivery) {
  const tooLong = sql`make_interval(secs => ${LONGEST_FAILING_MS / 1_000})`;
  const [row] = await ctx.db
    .select({
      endpoint: endpoints,
      isHopeless: sql<boolean>`coalesce(${endpoints.failingSince} < clock_timestamp() - ${tooLong}, false)`,
    })
    .from(endpoints)
    .where(eq(endpoints.id, endpointId))
    .for("no key update");
  return row && { ...row.endpoint, isHopeless: row.isHopeless };
}

async function writeDown(ctx: TxCtx, leased: LeasedDelivery, reply: Reply, verdict: Verdict): Promise<boolean> {
  const { endpointId, eventId, attempts } = leased;
  const wait = verdict.is === "failed" && isTriedAgain(leased.type) ? waitAfter(attempts) : undefined;
  const state = verdict.is === "delivered" ? "delivered" : wait === undefined ? "failed" : "waiting";
  const written = await ctx.db
    .update(deliveries)
    .set({
      state,
      leasedUntil: null,
      status: reply.outcome === "answered" ? reply.status : null,
      answer: reply.outcome === "answered" ? reply.body : null,
      durationMs: reply.durationMs,
      failure: verdict.is === "delivered" ? null : verdict.failure,
      ...(wait !== undefined && { dueAt: sql`clock_timestamp() + make_interval(secs => ${wait / 1_000})` }),
    })
    .where(
      and(
        eq(deliveries.endpointId, endpointId),
        eq(deliveries.eventId, eventId),
        eq(deliveries.attempts, attempts),
        eq(deliveries.state, "waiting"),
      ),
    )
    .returning({ eventId: deliveries.eventId });
  return written.length > 0;
}

async function forgetFailures(ctx: TxCtx, { id, failingSince }: typeof endpoints.$inferSelect): Promise<void> {
  if (failingSince) await ctx.db.update(endpoints).set({ failingSince: null }).where(eq(endpoints.id, id));
}
