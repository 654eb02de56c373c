import type { Ctx } from "@/lib/ctx";
import { type Stripe, stripeRead, stripeWrite } from "@/lib/stripe/client";
import { isStripeRefused } from "@/lib/stripe/refusals";
import type { Choice } from "./choose";
import { type SubscriptionRow, stripeIdOf } from "./internal";
import { lookAtSubscription } from "./look-at";
import { stripePrice } from "./prices";

/** Has another plan begin where the period ends. Until then everything stays as it is, and it can be undone. */
export async function schedulePlan(ctx: Ctx, { row, plan, interval }: Choice, attempt: string): Promise<void> {
  const stripeId = stripeIdOf(row);
  const price = await stripePrice(plan, interval);
  const schedule = await scheduleOf(row, attempt);
  const [current] = schedule.phases;
  const bought = current?.items[0]?.price;
  if (!current || bought === undefined) throw new Error(`The schedule ${schedule.id} has no phase`);
  await stripeWrite(`subscription:${row.id}:schedule:${attempt}:phases`, (stripe, options) =>
    stripe.subscriptionSchedules.update(
      schedule.id,
      {
        end_behavior: "release",
        proration_behavior: "none",
        phases: [
          {
            items: [{ price: typeof bought === "string" ? bought : bought.id, quantity: 1 }],
            start_date: current.start_date,
            end_date: current.end_date,
            proration_behavior: "none",
          },
          { items: [{ price, quantity: 1 }], duration: { interval, interval_count: 1 }, proration_behavior: "none" },
        ],
      },
      options,
    ),
  );
  await lookAtSubscription(ctx, stripeId);
}

async function scheduleOf(row: SubscriptionRow, attempt: string): Promise<Stripe.SubscriptionSchedule> {
  const stripeId = stripeIdOf(row);
  const { schedule } = await stripeRead((stripe) => stripe.subscriptions.retrieve(stripeId, { expand: ["schedule"] }));
  if (schedule && typeof schedule !== "string") return schedule;
  return stripeWrite(`subscription:${row.id}:schedule:${attempt}`, (stripe, options) =>
    stripe.subscriptionSchedules.create({ from_subscription: stripeId }, options),
  );
}

/** Nothing begins at the end of the period any more. */
export async function releaseSchedule({ id, scheduleId }: SubscriptionRow, attempt: string): Promise<void> {
  if (scheduleId === null) return;
  try {
    await stripeWrite(`subscription:${id}:release:${attempt}`, (stripe, options) =>
      stripe.subscriptionSchedules.release(scheduleId, {}, options),
    );
  } catch (error) {
    // It was released already, or its change has come.
    if (!isStripeRefused(error)) throw error;
  }
}
