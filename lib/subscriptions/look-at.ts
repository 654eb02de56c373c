import { eq } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type TxCtx } from "@/lib/ctx";
import { subscriptions } from "@/lib/db/schema";
import { failpoint } from "@/lib/failpoints";
import { newId } from "@/lib/ids";
import { announceChange } from "@/lib/outbox/announce";
import { stripeMode } from "@/lib/stripe/target";
import { accountOfCustomer } from "@/lib/stripe-customers/queries";
import { endSurplus, endUnlessPaid } from "./end-surplus";
import { change, lockSubscription, type SubscriptionRow, watchOver } from "./internal";
import { type Known, lookUp } from "./look-up";
import { isOver } from "./rules";
import { tellOfTrial, tellOfTurn } from "./tell";
import { currentVersion } from "./versions";

/**
 * `foreign`: it is none of ours. `surplus`: it was one too many, and is ended at Stripe. `double`: it is one too many,
 * was made at Stripe itself, and somebody paid for it.
 */
export type Looked = "changed" | "unchanged" | "foreign" | "surplus" | "double";

/** Each time somebody wrote meanwhile, one of those who look is through; so many may look at once. */
const MOST_LOOKS = 50;

/**
 * The one way in which the state of a subscription arrives here: by an event, after our own requests, and by the
 * janitor. It asks Stripe and writes down what it says. Of two who look at once, the one who asked first asks again.
 */
export async function lookAtSubscription(ctx: Ctx, stripeId: string): Promise<Looked> {
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const seen = await seenBefore(ctx, stripeId);
    const known = await lookUp(stripeId);
    if (!known) return "foreign";
    failpoint("subscription.looked_up");
    const looked = await inTx(ctx, (ctx) => write(ctx, known, seen));
    if (looked === "surplus") await endSurplus(stripeId);
    if (looked === "double" && (await endUnlessPaid(stripeId))) return "surplus";
    if (looked) return looked;
  }
  throw new Error(`${stripeId} is looked at by too many at once`);
}

async function seenBefore({ db }: Ctx, stripeId: string): Promise<number | undefined> {
  const [row] = await db
    .select({ seen: subscriptions.seen })
    .from(subscriptions)
    .where(eq(subscriptions.stripeId, stripeId));
  return row?.seen;
}

type Row = SubscriptionRow | "written meanwhile";

/** Undefined where somebody wrote since Stripe was asked. */
async function write(ctx: TxCtx, known: Known, seen: number | undefined): Promise<Looked | undefined> {
  const found = await lockSubscription(ctx, eq(subscriptions.stripeId, known.stripeId));
  if (found?.seen !== seen) return undefined;
  const row = found ?? (await named(ctx, known)) ?? (await adopt(ctx, known));
  if (row === "written meanwhile") return undefined;
  return typeof row === "string" ? row : apply(ctx, row, known);
}

/** Stripe was faster than our own note of what it answered, or somebody gave it up or paid in another way before that. */
async function named(ctx: TxCtx, { subscriptionId, stripeId }: Known): Promise<Row | "surplus" | undefined> {
  if (!subscriptionId) return undefined;
  const row = await lockSubscription(ctx, eq(subscriptions.id, subscriptionId));
  if (!row) return undefined;
  if (row.stripeId === stripeId) return "written meanwhile";
  if (row.stripeId === null) return isOver(row.state) ? "surplus" : { ...row, stripeId };
  return isOver(row.state) ? undefined : "surplus";
}

/** One that was made at Stripe itself, for a customer of ours. */
async function adopt(ctx: TxCtx, known: Known): Promise<Row | "foreign" | "double" | "unchanged"> {
  const accountId = await accountOfCustomer(ctx, known.customerId);
  if (!accountId) return "foreign";
  // It came and went without us.
  if (isOver(known.state)) return "unchanged";
  const [made] = await ctx.db
    .insert(subscriptions)
    .values({
      ...{ id: newId("subscription"), accountId, family: known.plan.family, planId: known.plan.id },
      ...{ planVersion: await currentVersion(ctx, known.plan), interval: known.interval },
      ...{ state: "new" as const, stripe: stripeMode(), stripeId: known.stripeId, createdAt: known.createdAt },
    })
    .onConflictDoNothing()
    .returning();
  if (!made) return (await seenBefore(ctx, known.stripeId)) === undefined ? "double" : "written meanwhile";
  await recordAudit(ctx, { accountId, action: "subscription.found", target: made.id });
  return made;
}

async function apply(ctx: TxCtx, before: SubscriptionRow, known: Known): Promise<Looked> {
  const wasOver = isOver(before.state);
  // What has ended is looked after until its end is finished.
  const after = { ...before, ...(await factsOf(ctx, before, known)), lookAt: wasOver ? before.lookAt : null };
  after.wasTrialTold ||= await tellOfTrial(ctx, after);
  const { seen, ...facts } = after;
  const isSame = before.seen > 0 && sameFacts({ ...before, seen: 0 }, { ...after, seen: 0, lookAt: before.lookAt });
  await change(ctx, before.id, { ...facts, seen: seen + 1 });
  if (after.state === "canceled" && !wasOver) await watchOver(ctx, before.id);
  if (isSame) return "unchanged";
  await tellOfTurn(ctx, { before, after });
  await announceChange(ctx, before.accountId, "plans");
  return "changed";
}

/** Who has a version of a plan keeps it for as long as it is that plan. */
async function factsOf(ctx: TxCtx, before: SubscriptionRow, known: Known): Promise<Partial<SubscriptionRow>> {
  const { plan, interval, next } = known;
  const keeps = before.planId === plan.id;
  return {
    ...{ planId: plan.id, planVersion: keeps ? before.planVersion : await currentVersion(ctx, plan), interval },
    ...{ stripeId: known.stripeId, itemId: known.itemId, scheduleId: known.scheduleId, state: known.state },
    ...{ anchorAt: known.anchorAt, periodStart: known.periodStart, periodEnd: known.periodEnd },
    ...{ trialEndsAt: known.trialEndsAt, cancelAt: known.cancelAt, endedAt: known.endedAt },
    ...{ pastDueAt: known.pastDueAt, nextPlanId: next?.plan.id ?? null, nextInterval: next?.interval ?? null },
  };
}

const sameFacts = (one: SubscriptionRow, other: SubscriptionRow): boolean =>
  JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
