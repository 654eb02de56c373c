import { type Ctx, type MemberActor, requireScope } from "@/lib/ctx";
import { planQuotes } from "@/lib/db/schema";
import { type Id, newId } from "@/lib/ids";
import { cents, micros, toWire } from "@/lib/money";
import { planTitle } from "@/lib/plans/rules";
import { type Stripe, stripeWrite } from "@/lib/stripe/client";
import { addMonths } from "@/lib/time";
import { type Choice, chooseChange } from "./choose";
import { planOf, stripeIdOf } from "./internal";
import { promotion, stripePrice } from "./prices";
import { priceFor } from "./queries";
import type { ChangePreview, PreviewChange } from "./schema";

/** What a change of plan would cost, line by line, at this second. The change that names the quote costs just that. */
export async function previewChange(ctx: Ctx<MemberActor>, input: PreviewChange): Promise<ChangePreview> {
  requireScope(ctx, "billing:write");
  const choice = await chooseChange(ctx, input);
  return choice.effect === "now" ? quote(ctx, choice, input.promotionCode) : forLater(choice, ctx.now);
}

async function quote(ctx: Ctx, choice: Choice, code: string | undefined): Promise<ChangePreview> {
  const { row, plan, interval } = choice;
  const prorationAt = secondOfChange(ctx, row);
  const id = newId("quote");
  const { lines, total, amount_due, ending_balance } = await priced(choice, { id, prorationAt, code });
  const dueNow = cents(Math.max(0, amount_due));
  await ctx.db.insert(planQuotes).values({
    ...{ id, accountId: row.accountId, subscriptionId: row.id, fromPlanId: row.planId, planId: plan.id, interval },
    ...{ promotionCode: code ?? null, prorationAt, dueNow },
  });
  const startsAnew = interval !== row.interval || priceFor(row.planId, row.interval).micros === 0;
  return {
    ...sides(choice, id),
    startsAt: prorationAt,
    lines: lines.data.map(asLine),
    total: toWire(cents(total)),
    dueNow: toWire(dueNow),
    balanceAfter: toWire(cents(Math.max(0, -(ending_balance ?? 0)))),
    renewsAt: startsAnew ? addMonths(prorationAt, interval === "year" ? 12 : 1) : (row.periodEnd ?? prorationAt),
  };
}

async function priced(
  { row, plan, interval }: Choice,
  { id, prorationAt, code }: { id: Id<"quote">; prorationAt: Date; code: string | undefined },
): Promise<Stripe.Invoice> {
  const [price, discounts] = await Promise.all([stripePrice(plan, interval), promotion(code)]);
  // Stripe writes nothing down, and yet it takes a preview as a write.
  return stripeWrite(`quote:${id}`, (stripe, options) =>
    stripe.invoices.createPreview(
      {
        subscription: stripeIdOf(row),
        ...discounts,
        subscription_details: {
          items: [{ ...(row.itemId !== null && { id: row.itemId }), price }],
          proration_behavior: "always_invoice",
          ...(row.state !== "trialing" && { proration_date: prorationAt.getTime() / 1_000 }),
        },
      },
      options,
    ),
  );
}

const asLine = ({ description, amount, period }: Stripe.InvoiceLineItem) => ({
  title: description ?? "",
  amount: toWire(cents(amount)),
  periodStart: new Date(period.start * 1_000),
  periodEnd: new Date(period.end * 1_000),
});

/** Nothing is charged before what is paid for ends. */
function forLater(choice: Choice, now: Date): ChangePreview {
  const nothing = toWire(micros(0));
  const startsAt = choice.row.periodEnd ?? now;
  return {
    ...sides(choice, null),
    ...{ startsAt, lines: [], total: nothing, dueNow: nothing, balanceAfter: nothing, renewsAt: startsAt },
  };
}

const sides = ({ row, plan, interval, effect }: Choice, quoteId: Id<"quote"> | null) => ({
  quoteId,
  from: { planId: row.planId, title: planTitle(planOf(row.planId)), interval: row.interval },
  to: { planId: plan.id, title: planTitle(plan), interval, price: priceFor(plan.id, interval) },
  takesEffect: effect,
});

/** Stripe's clock may be a little ahead of ours, and no change is before the period that it changes. */
export function secondOfChange({ now }: Ctx, { periodStart }: Choice["row"]): Date {
  return wholeSecond(periodStart && periodStart > now ? periodStart : now);
}

/** Stripe measures in seconds. */
export const wholeSecond = (instant: Date): Date => new Date(Math.floor(instant.getTime() / 1_000) * 1_000);
