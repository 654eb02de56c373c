import type { Ctx } from "@/lib/ctx";
import { type Stripe, stripeRead, stripeWrite } from "@/lib/stripe/client";
import { isStripeRefused } from "@/lib/stripe/refusals";
import type { Choice } from "./choose";
import { type SubscriptionRow, stripeIdOf } from "./internal";
import { lookAtSubscription } from "./look-at";
import { stripePrice } from "./prices";
import { billsPastUse } from "./rules";

/** Has another plan begin where the period ends. Until then everything stays as it is, and it can be undone. */
export async function schedulePlan(ctx: Ctx, { row, plan, interval }: Choice, attempt: string): Promise<void> {
  const stripeId = stripeIdOf(row);
  const price = await stripePrice(plan, interval);
  const { schedule, trialEnd, discounts } = await scheduleOf(row, attempt);
  const current = phaseNow(schedule);
  const quantity = billsPastUse(plan) ? {} : { quantity: 1 };
  await stripeWrite(`subscription:${row.id}:schedule:${attempt}:phases`, (stripe, options) =>
    stripe.subscriptionSchedules.update(
      schedule.id,
      {
        end_behavior: "release",
        proration_behavior: "none",
        phases: [
          {
            items: current.items.map(itemOf),
            start_date: current.start_date,
            end_date: current.end_date,
            ...(trialEnd !== null && { trial_end: trialEnd }),
            ...{ discounts, proration_behavior: "none" },
          },
          {
            items: [{ price, ...quantity }],
            duration: { interval, interval_count: 1 },
            ...{ discounts, proration_behavior: "none" },
          },
        ],
      },
      options,
    ),
  );
  await lookAtSubscription(ctx, stripeId);
}

/** Phases that are over stay in a schedule that has changed a plan already. */
function phaseNow({ id, phases, current_phase }: Stripe.SubscriptionSchedule): Stripe.SubscriptionSchedule.Phase {
  const current = phases.find(({ start_date }) => start_date === current_phase?.start_date);
  if (!current) throw new Error(`The schedule ${id} has no phase at this moment`);
  return current;
}

const itemOf = ({ price, quantity }: Stripe.SubscriptionSchedule.Phase.Item) => ({
  price: typeof price === "string" ? price : price.id,
  ...(quantity !== undefined && { quantity }),
});

type Planned = { schedule: Stripe.SubscriptionSchedule; trialEnd: number | null; discounts: { discount: string }[] };

/** A phase that is written anew holds just what is said of it, so what the subscription has besides its plan is said as well. */
async function scheduleOf(row: SubscriptionRow, attempt: string): Promise<Planned> {
  const stripeId = stripeIdOf(row);
  const { status, trial_end, discounts, schedule } = await stripeRead((stripe) =>
    stripe.subscriptions.retrieve(stripeId, { expand: ["schedule"] }),
  );
  return {
    trialEnd: status === "trialing" ? trial_end : null,
    discounts: discounts.map((one) => ({ discount: typeof one === "string" ? one : one.id })),
    schedule:
      schedule && typeof schedule !== "string"
        ? schedule
        : await stripeWrite(`subscription:${row.id}:schedule:${attempt}`, (stripe, options) =>
            stripe.subscriptionSchedules.create({ from_subscription: stripeId }, options),
          ),
  };
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
