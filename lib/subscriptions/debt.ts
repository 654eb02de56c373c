import { and, desc, eq, isNotNull } from "drizzle-orm";
import type { Ctx, MemberActor } from "@/lib/ctx";
import { invoices, subscriptions } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import { cents, toWire } from "@/lib/money";
import type { PlanFamily } from "@/lib/plans/catalogue";
import { stripeRead } from "@/lib/stripe/client";
import { stripeMode } from "@/lib/stripe/target";
import { billsPastUse } from "./rules";

/**
 * Use that was billed when a subscription ended stays owed, and another begins once it is paid. So only the last that
 * ended can owe anything. Stripe is asked, since the bill of a moment ago may not be here yet.
 */
export async function requireNoDebt(ctx: Ctx<MemberActor>, family: PlanFamily): Promise<void> {
  const ended = billsPastUse({ family }) ? await lastEnded(ctx, family) : undefined;
  if (!ended) return;
  const { data } = await stripeRead((stripe) =>
    stripe.invoices.list({ subscription: ended, status: "open", limit: 1 }),
  );
  const [bill] = data;
  if (!bill) return;
  const [known] = await ctx.db
    .select({ id: invoices.id })
    .from(invoices)
    .where(and(eq(invoices.stripeId, bill.id), eq(invoices.accountId, ctx.actor.accountId)));
  throw new AppError(
    "payment_required",
    `Invoice ${bill.number ?? bill.id} for use until now is not paid. Pay it first, then begin again.`,
    { details: { invoiceId: known?.id ?? null, amountDue: toWire(cents(bill.amount_remaining)) } },
  );
}

async function lastEnded({ db, actor }: Ctx<MemberActor>, family: PlanFamily): Promise<string | undefined> {
  const [row] = await db
    .select({ stripeId: subscriptions.stripeId })
    .from(subscriptions)
    .where(
      and(
        ...[eq(subscriptions.accountId, actor.accountId), eq(subscriptions.family, family)],
        ...[eq(subscriptions.stripe, stripeMode()), eq(subscriptions.state, "canceled")],
        isNotNull(subscriptions.stripeId),
      ),
    )
    .orderBy(desc(subscriptions.id))
    .limit(1);
  return row?.stripeId ?? undefined;
}
