import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { endSubscription } from "../subscriptions/cancel";
import { createSubscription } from "../subscriptions/create";
import { updateSubscription } from "../subscriptions/update";
import type { Phase, Schedule } from "./build";

type Subscription = Kinds["subscription"];

/** Brings a schedule to this instant: the phase that has begun is applied, the end is reached. */
export async function advanceSchedule(space: Space, schedule: Schedule): Promise<void> {
  if (schedule.status !== "active" && schedule.status !== "not_started") return;
  const phase = schedule.phases.find(({ start_date, end_date }) => start_date <= space.now && space.now < end_date);
  const last = schedule.phases.at(-1);
  if (phase && phase.start_date !== schedule.current_phase?.start_date) await enter(space, schedule, phase);
  else if (last && last.end_date <= space.now) await finish(space, schedule);
  scheduleNext(space, schedule);
  space.announceChange("subscription_schedule.updated", schedule);
}

export function scheduleNext(space: Space, schedule: Schedule): void {
  const open = schedule.status === "active" || schedule.status === "not_started";
  const instants = schedule.phases
    .flatMap(({ start_date, end_date }) => [start_date, end_date])
    .filter((at) => at > space.now);
  if (open && instants.length > 0) space.schedule("schedule_advances", schedule.id, Math.min(...instants));
  else space.unschedule("schedule_advances", schedule.id);
}

async function enter(space: Space, schedule: Schedule, phase: Phase): Promise<void> {
  schedule.current_phase = { start_date: phase.start_date, end_date: phase.end_date };
  if (schedule.subscription === null) return begin(space, schedule, phase);
  const subscription = await space.own("subscription", schedule.subscription);
  await apply(space, subscription, phase);
}

async function begin(space: Space, schedule: Schedule, phase: Phase): Promise<void> {
  const items = phase.items.map(({ price, quantity }) => ({ price, quantity }));
  const subscription = await createSubscription(space, {
    customer: schedule.customer,
    items,
    metadata: phase.metadata,
  });
  subscription.schedule = schedule.id;
  schedule.subscription = subscription.id;
  schedule.status = "active";
  space.announceChange("customer.subscription.updated", subscription);
}

/** The phase's prices become the subscription's. At the end of a period there is nothing to prorate. */
async function apply(space: Space, subscription: Subscription, phase: Phase): Promise<void> {
  const kept = subscription.items.data;
  const [only, another] = kept;
  const [wanted, more] = phase.items;
  const single = only && !another && wanted && !more;
  const items = single
    ? [{ id: only.id, price: wanted.price, quantity: wanted.quantity }]
    : [
        ...phase.items.map(({ price, quantity }) => {
          const same = kept.find((item) => item.price.id === price);
          return { ...(same && { id: same.id }), price, quantity };
        }),
        ...kept
          .filter((item) => !phase.items.some(({ price }) => price === item.price.id))
          .map(({ id }) => ({ id, deleted: true })),
      ];
  const boundary = kept.every((item) => item.current_period_end === space.now);
  await updateSubscription(space, subscription, {
    items,
    proration_behavior: boundary ? "none" : prorationOf(phase),
    metadata: phase.metadata,
    discounts: discountsOf(phase),
  });
}

/** What was changed of the phase that runs takes effect at once; a trial that it does not name is over. */
export async function refreshPhase(space: Space, schedule: Schedule): Promise<void> {
  const phase = schedule.phases.find(({ start_date }) => start_date === schedule.current_phase?.start_date);
  if (!phase || schedule.subscription === null) return;
  const subscription = await space.own("subscription", schedule.subscription);
  const { status, trial_end } = subscription;
  const moves = status === "trialing" && phase.trial_end !== trial_end;
  const discounts = discountsOf(phase);
  const same = JSON.stringify(discounts.map(({ discount }) => discount)) === JSON.stringify(subscription.discounts);
  if (!moves && same) return;
  await updateSubscription(space, subscription, {
    ...(moves && { trial_end: phase.trial_end ?? "now" }),
    ...(!same && { discounts }),
  });
}

const discountsOf = ({ discounts }: Phase) =>
  discounts.map(({ coupon, discount, promotion_code }) => ({
    ...{ coupon: named(coupon), discount: named(discount), promotion_code: named(promotion_code) },
  }));
const named = (one: string | { id: string } | null): string | undefined =>
  one === null ? undefined : typeof one === "string" ? one : one.id;

const prorationOf = ({ proration_behavior: wanted }: Phase) =>
  (["none", "always_invoice"] as const).find((word) => word === wanted) ?? "create_prorations";

async function finish(space: Space, schedule: Schedule): Promise<void> {
  const subscription =
    schedule.subscription === null ? undefined : await space.own("subscription", schedule.subscription);
  if (schedule.end_behavior === "cancel" && subscription) {
    schedule.status = "completed";
    schedule.completed_at = space.now;
    await endSubscription(space, subscription, "cancellation_requested");
    return;
  }
  releaseSchedule(space, schedule, subscription);
}

/** Lets the subscription go on by itself. */
export function releaseSchedule(space: Space, schedule: Schedule, subscription: Subscription | undefined): void {
  schedule.status = "released";
  schedule.released_at = space.now;
  schedule.released_subscription = schedule.subscription;
  schedule.subscription = null;
  schedule.current_phase = null;
  if (subscription) subscription.schedule = null;
  space.unschedule("schedule_advances", schedule.id);
  space.announce("subscription_schedule.released", schedule);
}
