import { createHash } from "node:crypto";
import { and, desc, eq, notInArray, type SQL, sql } from "drizzle-orm";
import type { Ctx, MemberActor, TxCtx } from "@/lib/ctx";
import { subscriptions } from "@/lib/db/schema";
import { AppError, notFound } from "@/lib/errors";
import { type Id, newId } from "@/lib/ids";
import { findPlan, type Plan, type PlanFamily, type PlanId } from "@/lib/plans/catalogue";
import { stripeMode } from "@/lib/stripe/target";
import { minutes } from "@/lib/time";
import { actionsOn, whyNot } from "./rules";
import type { Action, WhichSubscription } from "./schema";

export type SubscriptionRow = typeof subscriptions.$inferSelect;

/** Once Stripe was asked for a change, so long until somebody asks it what came of it. */
export const LOOK_AFTER_MS = minutes(1);

export const isLive = notInArray(subscriptions.state, ["canceled", "expired", "refused"]);

/** The live subscription of an account to a family, of the Stripe that is spoken to. */
export const liveOf = ({ db }: Pick<Ctx, "db">, accountId: Id<"account">, family: PlanFamily) =>
  db
    .select()
    .from(subscriptions)
    .where(and(eq(subscriptions.accountId, accountId), eq(subscriptions.family, family), isLive));

/** The caller's subscription, by its id or by its family: the live one, or the last. Another account's is not there. */
export async function readOwn(
  { db, actor }: Ctx<MemberActor>,
  { subscriptionId, family = "rooms" }: WhichSubscription,
): Promise<SubscriptionRow> {
  const which: SQL | undefined = subscriptionId
    ? eq(subscriptions.id, subscriptionId)
    : eq(subscriptions.family, family);
  const [row] = await db
    .select()
    .from(subscriptions)
    .where(and(eq(subscriptions.accountId, actor.accountId), which))
    .orderBy(sql`${subscriptions.state} in ('canceled', 'expired', 'refused')`, desc(subscriptions.id))
    .limit(1);
  if (!row) throw notFound("Subscription");
  return row;
}

/** Locks a subscription, so that everybody who changes it or learns something about it takes turns. */
export async function lockSubscription(ctx: TxCtx, which: SQL | undefined): Promise<SubscriptionRow | undefined> {
  const [row] = await ctx.db
    .select()
    .from(subscriptions)
    .where(and(which, eq(subscriptions.stripe, stripeMode())))
    .for("no key update");
  return row;
}

export async function change(
  { db }: Pick<Ctx, "db">,
  id: Id<"subscription">,
  facts: Partial<SubscriptionRow>,
): Promise<void> {
  await db.update(subscriptions).set(facts).where(eq(subscriptions.id, id));
}

/** From now on somebody looks after it, should we die before we know what came of what we ask. */
export async function watchOver({ db }: Pick<Ctx, "db">, id: Id<"subscription">): Promise<void> {
  await db
    .update(subscriptions)
    .set({ lookAt: sql`clock_timestamp() + make_interval(secs => ${LOOK_AFTER_MS / 1_000})` })
    .where(eq(subscriptions.id, id));
}

export function requireAction(row: SubscriptionRow, action: Action): void {
  if (actionsOn(row).includes(action)) return;
  throw new AppError("conflict", whyNot(row, action), {
    details: { status: row.state, can: actionsOn(row), ...(row.cancelAt && { cancelAt: row.cancelAt }) },
  });
}

/** Our plan behind an id that a row holds. The catalogue never loses one. */
export function planOf(id: PlanId): Plan {
  const plan = findPlan(id);
  if (!plan) throw new Error(`There is no plan ${id}`);
  return plan;
}

export function stripeIdOf({ id, stripeId }: SubscriptionRow): string {
  if (stripeId === null)
    throw new AppError("conflict", `The subscription ${id} is being set up. Try again in a moment.`);
  return stripeId;
}

/** Names one attempt: a repeat with the same key is the same attempt, and without a key every call is its own. */
export const attemptOf = (idempotencyKey: string | undefined): string =>
  idempotencyKey === undefined ? newId("req") : digest(idempotencyKey);

export const digest = (text: string): string => createHash("sha256").update(text).digest("base64url");
