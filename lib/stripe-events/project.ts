import { lookAtCard } from "@/lib/cards/look-at";
import type { Ctx, SystemActor } from "@/lib/ctx";
import { env } from "@/lib/env";
import { isAppError, isOutage } from "@/lib/errors";
import { lookAtInvoice, lookAtInvoiceOf } from "@/lib/invoices/look-at";
import { log } from "@/lib/log";
import { settle } from "@/lib/payments/settle";
import { isStripeRefused } from "@/lib/stripe/refusals";
import { lookAtCheckout } from "@/lib/subscriptions/look-after";
import { lookAtSubscription } from "@/lib/subscriptions/look-at";
import { type EventRow, leaseEvents, markEvents, type Outcome, postponeEvents } from "./internal";
import { type Topic, topicOf } from "./rules";

const BATCH = 100;

/** Works off every event that is due. What several of them say about one thing is looked at once. */
export async function projectEvents(ctx: Ctx<SystemActor>): Promise<number> {
  let worked = 0;
  for (;;) {
    const events = await leaseEvents(ctx, BATCH);
    for (const together of aboutOneThing(events)) await projectTogether(ctx, together);
    worked += events.length;
    if (events.length < BATCH) return worked;
  }
}

function aboutOneThing(events: EventRow[]): EventRow[][] {
  const things = new Map<string, EventRow[]>();
  for (const event of events) {
    const thing = `${topicOf(event.type) ?? event.type} ${event.subject ?? event.id} ${event.account} ${event.livemode}`;
    things.set(thing, [...(things.get(thing) ?? []), event]);
  }
  return [...things.values()];
}

async function projectTogether(ctx: Ctx<SystemActor>, events: EventRow[]): Promise<void> {
  const [first] = events;
  if (!first) return;
  try {
    await markEvents(ctx, events, await project(ctx, first));
  } catch (error) {
    if (isStripeRefused(error, "resource_missing"))
      return markEvents(ctx, events, { state: "parked", note: error.message });
    const counts = !(isOutage(error) || (isAppError(error) && error.code === "unavailable"));
    if (counts) log().error({ err: error, event: first.id, type: first.type }, "an event of stripe did not go through");
    await postponeEvents(ctx, events, { note: error instanceof Error ? error.message : String(error), counts });
  }
}

async function project(ctx: Ctx<SystemActor>, { id, type, subject, account, livemode }: EventRow): Promise<Outcome> {
  if (livemode !== env().isLive) return { state: "parked", note: "It belongs to the other mode of Stripe." };
  const topic = topicOf(type);
  if (topic === undefined) return { state: "parked", note: "Nobody here knows what to do with it." };
  if (topic === "nothing" || subject === null) return { state: "ignored" };
  if (account !== null) return { state: "parked", note: "It happened in a connected account." };

  if (topic !== "payment") return (await PROJECTIONS[topic](ctx, subject)) ?? { state: "done" };
  const settlement = await settle({ ...ctx, origin: { ...ctx.origin, requestId: id } }, subject);
  if (settlement === "foreign" && (await lookAtInvoiceOf(ctx, subject))) return { state: "done" };
  if (settlement === "foreign") return { state: "ignored", note: "It is no payment of ours." };
  if (settlement === "missing") return { state: "parked", note: "It names a payment that is not here." };
  return { state: "done" };
}

/** Undefined where it was worked off and there is nothing to say. */
type Projection = (ctx: Ctx<SystemActor>, subject: string) => Promise<Outcome | undefined>;

const ignored = (note: string): Outcome => ({ state: "ignored", note });

const PROJECTIONS: Record<Exclude<Topic, "payment" | "nothing">, Projection> = {
  card: async (ctx, subject) =>
    (await lookAtCard(ctx, subject)) === "foreign" ? ignored("It is no card of anybody here.") : undefined,
  checkout: async (ctx, subject) => void (await lookAtCheckout(ctx, subject)),
  invoice: async (ctx, subject) =>
    (await lookAtInvoice(ctx, subject)) === "foreign" ? ignored("It is no invoice of anybody here.") : undefined,
  async subscription(ctx, subject) {
    const looked = await lookAtSubscription(ctx, subject);
    if (looked === "foreign") return ignored("It is no subscription of anybody here.");
    if (looked === "surplus") return { state: "done", note: "It was one too many, and was ended at Stripe." };
    // Somebody paid for a second one at Stripe itself; staff decide which of the two stays.
    if (looked === "double") return { state: "parked", note: "Its account has another one of this family." };
    return undefined;
  },
};
