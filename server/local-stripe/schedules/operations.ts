import { addMonths } from "@/lib/time";
import { currencyCode } from "../http/currency";
import { exclusive, missing, noSuch, refused } from "../http/errors";
import { listing } from "../http/list";
import { mergeMetadata, metadata } from "../http/metadata";
import { notHere } from "../http/not-here";
import { operation } from "../http/operation";
import { clearable, either, integer, list, must, oneOf, parts, type Read, text, yesNo } from "../http/params";
import { discountList } from "../invoices/discount";
import type { Kinds } from "../store/kinds";
import type { Work } from "../store/run-due";
import type { Space } from "../store/space";
import { endSubscription, isLive } from "../subscriptions/cancel";
import { advanceSchedule, refreshPhase, releaseSchedule, scheduleNext } from "./advance";
import { newPhase, newSchedule, type Phase, type Schedule } from "./build";

const proration = oneOf("always_invoice", "create_prorations", "none");
const phaseFacts = {
  currency: currencyCode(),
  discounts: clearable(discountList()),
  duration: parts({ interval: must(oneOf("day", "month", "week", "year")), interval_count: integer() }),
  end_date: either(oneOf("now"), integer()),
  items: must(
    list(
      parts({
        metadata: metadata(),
        price: must(text()),
        quantity: integer(),
        discounts: notHere("discounts of phases"),
        tax_rates: notHere("tax_rates of phases"),
      }),
      20,
    ),
  ),
  metadata: metadata(),
  proration_behavior: proration,
  start_date: either(oneOf("now"), integer()),
  trial_end: either(oneOf("now"), integer()),
};
type PhaseInput = Read<typeof phaseFacts>;
const common = {
  default_settings: notHere("default_settings"),
  end_behavior: oneOf("cancel", "release"),
  metadata: metadata(),
  phases: list(parts(phaseFacts), 10),
};

export const scheduleOperations = [
  operation({
    on: "POST /v1/subscription_schedules",
    params: { ...common, customer: text(), from_subscription: text(), start_date: either(oneOf("now"), integer()) },
    async run({ space, params }) {
      if (params.from_subscription !== undefined) {
        if (params.phases || params.customer !== undefined) throw exclusive("from_subscription", "phases");
        return fromSubscription(space, params.from_subscription);
      }
      if (params.customer === undefined) throw missing("customer");
      const customer = await space.find("customer", params.customer);
      if (!customer) throw noSuch("customer", params.customer, "customer");
      await space.follow(customer.test_clock);
      const start = params.start_date === undefined || params.start_date === "now" ? space.now : params.start_date;
      const schedule = space.add(
        newSchedule({
          now: space.now,
          customer: customer.id,
          subscription: null,
          phases: await phasesOf(space, params.phases ?? [], start),
          endBehavior: params.end_behavior ?? "release",
          metadata: mergeMetadata(null, params.metadata),
          clock: customer.test_clock ?? null,
        }),
      );
      space.announce("subscription_schedule.created", schedule);
      await advanceSchedule(space, schedule);
      return schedule;
    },
  }),
  operation({
    on: "POST /v1/subscription_schedules/{id}",
    params: { ...common, proration_behavior: proration },
    async run({ space, params, id }) {
      const schedule = await read(space, id);
      if (schedule.status !== "active" && schedule.status !== "not_started")
        throw refused(`You cannot update a subscription schedule that is ${schedule.status}.`);
      if (params.end_behavior) schedule.end_behavior = params.end_behavior;
      schedule.metadata = mergeMetadata(schedule.metadata, params.metadata);
      if (params.phases)
        schedule.phases = await phasesOf(
          space,
          params.phases,
          schedule.current_phase?.start_date ?? schedule.phases[0]?.start_date ?? space.now,
        );
      await advanceSchedule(space, schedule);
      if (params.phases) await refreshPhase(space, schedule);
      return schedule;
    },
  }),
  operation({ on: "GET /v1/subscription_schedules/{id}", run: ({ space, id }) => read(space, id) }),
  operation({
    on: "POST /v1/subscription_schedules/{id}/release",
    params: { preserve_cancel_date: yesNo() },
    async run({ space, id }) {
      const schedule = await read(space, id);
      if (schedule.status !== "active" && schedule.status !== "not_started")
        throw refused(`You cannot release a subscription schedule that is ${schedule.status}.`);
      releaseSchedule(
        space,
        schedule,
        schedule.subscription === null ? undefined : await space.own("subscription", schedule.subscription),
      );
      return schedule;
    },
  }),
  operation({
    on: "POST /v1/subscription_schedules/{id}/cancel",
    params: { invoice_now: yesNo(), prorate: yesNo() },
    async run({ space, id }) {
      const schedule = await read(space, id);
      if (schedule.status !== "active" && schedule.status !== "not_started")
        throw refused(`You cannot cancel a subscription schedule that is ${schedule.status}.`);
      schedule.status = "canceled";
      schedule.canceled_at = space.now;
      schedule.current_phase = null;
      scheduleNext(space, schedule);
      const subscription =
        schedule.subscription === null ? undefined : await space.own("subscription", schedule.subscription);
      if (subscription && isLive(subscription)) await endSubscription(space, subscription, "cancellation_requested");
      space.announce("subscription_schedule.canceled", schedule);
      return schedule;
    },
  }),
  listing({
    on: "GET /v1/subscription_schedules",
    kind: "subscription_schedule",
    filters: { customer: text(), scheduled: yesNo() },
    where: ({ customer, scheduled }) => [
      ...(customer === undefined ? [] : [{ at: "customer", is: customer }]),
      ...(scheduled ? [{ at: "status", is: "not_started" }] : []),
    ],
  }),
];

export const scheduleWork: Work = {
  async schedule_advances(space, id) {
    const schedule = await space.find("subscription_schedule", id);
    if (schedule) await advanceSchedule(space, schedule);
  },
};

async function read(space: Space, id: string): Promise<Schedule> {
  const schedule = await space.get("subscription_schedule", id);
  await space.follow(schedule.test_clock);
  return schedule;
}

async function fromSubscription(space: Space, id: string): Promise<Schedule> {
  const subscription = await space.find("subscription", id);
  if (!subscription) throw noSuch("subscription", id, "from_subscription");
  await space.follow(subscription.test_clock);
  if (subscription.schedule !== null)
    throw refused("You cannot migrate a subscription that is already attached to a schedule.", {
      param: "from_subscription",
    });
  const schedule = space.add(
    newSchedule({
      now: space.now,
      customer: String(subscription.customer),
      subscription: id,
      phases: [currentPhase(subscription)],
      endBehavior: "release",
      metadata: {},
      clock: subscription.test_clock,
    }),
  );
  const [phase] = schedule.phases;
  if (phase) schedule.current_phase = { start_date: phase.start_date, end_date: phase.end_date };
  subscription.schedule = schedule.id;
  scheduleNext(space, schedule);
  space.announce("subscription_schedule.created", schedule);
  space.announceChange("customer.subscription.updated", subscription);
  return schedule;
}

function currentPhase(subscription: Kinds["subscription"]): Phase {
  const { data } = subscription.items;
  return newPhase({
    items: data.map(({ price, quantity }) => ({ price: price.id, quantity })),
    start: Math.min(...data.map((item) => item.current_period_start)),
    end: Math.min(...data.map((item) => item.current_period_end)),
    currency: subscription.currency,
    proration: "create_prorations",
    trialEnd: subscription.trial_end,
    discounts: subscription.discounts.map((discount) => ({ discount })),
  });
}

const SECONDS_PER_DAY = 86_400;

/** Each phase begins where the one before it ends. */
async function phasesOf(space: Space, inputs: PhaseInput[], start: number): Promise<Phase[]> {
  if (inputs.length === 0) throw missing("phases");
  const phases: Phase[] = [];
  for (const [index, input] of inputs.entries()) {
    const from = phases.at(-1)?.end_date ?? (typeof input.start_date === "number" ? input.start_date : start);
    const prices = await Promise.all(
      input.items.map(
        async ({ price }, at) =>
          (await space.find("price", price)) ??
          Promise.reject(noSuch("price", price, `phases[${index}][items][${at}][price]`)),
      ),
    );
    const currency = input.currency ?? prices[0]?.currency ?? "usd";
    const proration_behavior = input.proration_behavior ?? "create_prorations";
    const items = input.items.map(({ price, quantity }, at) => ({
      price,
      quantity: prices[at]?.recurring?.usage_type === "metered" ? undefined : (quantity ?? 1),
    }));
    phases.push(
      newPhase({
        items,
        start: from,
        end: endOf(space, input, from, index),
        currency,
        proration: proration_behavior,
        metadata: mergeMetadata(null, input.metadata),
        trialEnd: input.trial_end === "now" ? space.now : (input.trial_end ?? null),
        discounts: input.discounts ?? [],
      }),
    );
  }
  return phases;
}

function endOf(space: Space, { duration, end_date }: PhaseInput, from: number, index: number): number {
  if (end_date !== undefined) return end_date === "now" ? space.now : end_date;
  const { interval, interval_count = 1 } = duration ?? { interval: "month" as const, interval_count: 1 };
  const count = interval_count ?? 1;
  const end =
    interval === "day" || interval === "week"
      ? from + count * SECONDS_PER_DAY * (interval === "day" ? 1 : 7)
      : Math.floor(addMonths(new Date(from * 1_000), interval === "month" ? count : count * 12).getTime() / 1_000);
  if (end <= from) throw refused("A phase must end after it begins.", { param: `phases[${index}][end_date]` });
  return end;
}
