import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { cards } from "@/lib/db/schema";
import { provide } from "@/lib/env";
import { isAppError } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { payInvoice } from "@/lib/invoices/pay";
import { listInvoices } from "@/lib/invoices/queries";
import { ListInvoices } from "@/lib/invoices/schema";
import { log } from "@/lib/log";
import { brokenPromises } from "@/lib/testing/books";
import { aCard } from "@/lib/testing/cards";
import { aPerson, type Person } from "@/lib/testing/people";
import { aShop, aSubscriber, hearAll, rowOf } from "@/lib/testing/plans";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { days, hours, later } from "@/lib/time";
import { cancelSubscription } from "./cancel";
import { createSubscription } from "./create";
import { previewChange } from "./preview";
import { findSubscription } from "./queries";
import { resumeSubscription } from "./resume";
import { CancelSubscription, CreateSubscription } from "./schema";
import { undoChange } from "./undo";
import { updateSubscription } from "./update";

const TRIAL_DAYS = process.env.TRIAL_DAYS;
let house: TestStripe;
beforeAll(async () => {
  log().level = "silent";
  house = await aStripe();
});
afterAll(async () => {
  trials(TRIAL_DAYS);
  await house.stop();
});
beforeEach(() => aShop(house));
afterEach(async () => expect(await brokenPromises()).toEqual([]));

function trials(count: string | undefined): void {
  if (count === undefined) delete process.env.TRIAL_DAYS;
  else process.env.TRIAL_DAYS = count;
  provide({});
}

const PLAN = "professional";
const subscribe = (who: Person) => aSubscriber(house, who, { planId: PLAN });
const stripeIdOf = async (id: Parameters<typeof rowOf>[0]) => (await rowOf(id)).stripeId ?? "";

/** A renewal that nobody paid, without waiting for one. */
async function behind(who: Person): Promise<string> {
  const id = await stripeIdOf((await subscribe(who)).id);
  const failing = await aCard(house, who, "pm_card_chargeCustomerFail");
  await house.stripe.subscriptions.update(id, {
    default_payment_method: await methodOf(failing.id),
    ...{ billing_cycle_anchor: { type: "now" }, proration_behavior: "none", payment_behavior: "allow_incomplete" },
  });
  await aCard(house, who);
  await hearAll(house);
  return id;
}

async function methodOf(id: Id<"card">): Promise<string> {
  const [card] = await db().select().from(cards).where(eq(cards.id, id));
  return card?.methodId ?? "";
}

/** How each state is come by, by what people and Stripe do. */
const STATES = {
  nothing: async () => undefined,
  incomplete: async (who) => {
    await createSubscription(who.ctx, CreateSubscription.parse({ planId: PLAN }));
  },
  trialing: async (who) => {
    trials("14");
    await subscribe(who);
    trials(undefined);
  },
  active: subscribe,
  ending: async (who) => {
    await subscribe(who);
    await cancelSubscription(who.ctx, CancelSubscription.parse({}));
  },
  changing: async (who) => {
    await subscribe(who);
    await updateSubscription(who.ctx, { planId: "starter" });
  },
  past_due: behind,
  paused: async (who) => {
    const id = await stripeIdOf((await subscribe(who)).id);
    await house.stripe.subscriptions.pause(id, { type: "subscription" });
    await aCard(house, who);
    await hearAll(house);
  },
  canceled: async (who) => {
    await subscribe(who);
    await cancelSubscription(who.ctx, CancelSubscription.parse({ when: "now" }));
  },
  expired: async (who) => {
    await createSubscription(who.ctx, CreateSubscription.parse({ planId: PLAN }));
    await house.runDue(later(new Date(), hours(25)));
    await hearAll(house);
  },
  unpaid: async (who) => {
    await house.control("POST", "dunning", { finally: "unpaid" });
    const id = await stripeIdOf((await subscribe(who)).id);
    const failing = await aCard(house, who, "pm_card_chargeCustomerFail");
    await house.stripe.subscriptions.update(id, { default_payment_method: await methodOf(failing.id) });
    await house.runDue(later(new Date(), days(60)));
    await aCard(house, who);
    await hearAll(house);
  },
} satisfies Record<string, (who: Person) => Promise<unknown>>;
type State = keyof typeof STATES;

const ACTIONS = {
  create_same: (who: Person) => createSubscription(who.ctx, CreateSubscription.parse({ planId: PLAN })),
  create_other: (who: Person) => createSubscription(who.ctx, CreateSubscription.parse({ planId: "starter" })),
  change_same: (who: Person) => updateSubscription(who.ctx, { planId: PLAN }),
  preview: (who: Person) => previewChange(who.ctx, { planId: "enterprise" }),
  upgrade: (who: Person) => updateSubscription(who.ctx, { planId: "enterprise" }),
  downgrade: (who: Person) => updateSubscription(who.ctx, { planId: "starter" }),
  cancel: (who: Person) => cancelSubscription(who.ctx, CancelSubscription.parse({})),
  cancel_now: (who: Person) => cancelSubscription(who.ctx, CancelSubscription.parse({ when: "now" })),
  undo: (who: Person) => undoChange(who.ctx, {}),
  resume: (who: Person) => resumeSubscription(who.ctx, {}),
  pay: async (who: Person) => {
    const { invoices } = await listInvoices(who.ctx, ListInvoices.parse({}));
    const [newest] = invoices;
    if (!newest) throw new Error("There is no invoice");
    return payInvoice(who.ctx, { id: newest.id });
  },
};
type Name = keyof typeof ACTIONS;

/** A refusal's code, or the plan and the state after it: "professional active". */
const MATRIX: Record<State, Record<Exclude<Name, "pay">, string> & { pay?: string }> = {
  nothing: {
    ...{ create_same: "professional incomplete", create_other: "starter incomplete", change_same: "not_found" },
    ...{ preview: "not_found", upgrade: "not_found", downgrade: "not_found", cancel: "not_found" },
    ...{ cancel_now: "not_found", undo: "not_found", resume: "not_found" },
  },
  incomplete: {
    ...{ create_same: "professional incomplete", create_other: "starter incomplete", change_same: "same_plan" },
    ...{ preview: "conflict", upgrade: "conflict", downgrade: "conflict", cancel: "professional canceled" },
    ...{ cancel_now: "professional canceled", undo: "conflict", resume: "conflict" },
  },
  trialing: {
    ...{ create_same: "same_plan", create_other: "already_subscribed", change_same: "same_plan" },
    ...{
      preview: "professional trialing",
      upgrade: "enterprise trialing",
      downgrade: "professional trialing next starter",
    },
    ...{
      cancel: "professional trialing ends",
      cancel_now: "professional canceled",
      undo: "conflict",
      resume: "conflict",
    },
  },
  active: {
    ...{ create_same: "same_plan", create_other: "already_subscribed", change_same: "same_plan" },
    ...{ preview: "professional active", upgrade: "enterprise active", downgrade: "professional active next starter" },
    ...{
      cancel: "professional active ends",
      cancel_now: "professional canceled",
      undo: "conflict",
      resume: "conflict",
    },
    pay: "professional active",
  },
  ending: {
    ...{ create_same: "same_plan", create_other: "already_subscribed", change_same: "same_plan", preview: "conflict" },
    ...{ upgrade: "conflict", downgrade: "conflict", cancel: "conflict", cancel_now: "professional canceled" },
    ...{ undo: "professional active", resume: "conflict" },
  },
  changing: {
    ...{ create_same: "same_plan", create_other: "already_subscribed", change_same: "same_plan" },
    ...{ preview: "professional active next starter", upgrade: "enterprise active", downgrade: "conflict" },
    ...{ cancel: "professional active ends", cancel_now: "professional canceled", undo: "professional active" },
    resume: "conflict",
  },
  past_due: {
    ...{ create_same: "same_plan", create_other: "already_subscribed", change_same: "same_plan", preview: "conflict" },
    ...{ upgrade: "conflict", downgrade: "conflict", cancel: "professional past_due ends" },
    ...{ cancel_now: "professional canceled", undo: "conflict", resume: "conflict", pay: "professional active" },
  },
  paused: {
    ...{ create_same: "same_plan", create_other: "already_subscribed", change_same: "same_plan", preview: "conflict" },
    ...{ upgrade: "conflict", downgrade: "conflict", cancel: "professional canceled" },
    ...{ cancel_now: "professional canceled", undo: "conflict", resume: "professional active" },
  },
  canceled: {
    ...{ create_same: "professional incomplete", create_other: "starter incomplete", change_same: "same_plan" },
    ...{ preview: "conflict", upgrade: "conflict", downgrade: "conflict", cancel: "conflict" },
    ...{ cancel_now: "conflict", undo: "conflict", resume: "conflict" },
  },
  expired: {
    ...{ create_same: "professional incomplete", create_other: "starter incomplete", change_same: "same_plan" },
    ...{ preview: "conflict", upgrade: "conflict", downgrade: "conflict", cancel: "conflict" },
    ...{ cancel_now: "conflict", undo: "conflict", resume: "conflict" },
  },
  unpaid: {
    ...{ create_same: "same_plan", create_other: "already_subscribed", change_same: "same_plan", preview: "conflict" },
    ...{ upgrade: "conflict", downgrade: "conflict", cancel: "professional canceled" },
    ...{ cancel_now: "professional canceled", undo: "conflict", resume: "conflict" },
  },
};

/** What became of it, as we have it once all that Stripe told is heard. */
async function outcome(who: Person, name: Name): Promise<string> {
  try {
    await ACTIONS[name](who);
  } catch (error) {
    if (isAppError(error)) return error.code;
    throw error;
  }
  await hearAll(house);
  return standing(who);
}

async function standing(who: Person): Promise<string> {
  const { subscription } = await findSubscription(who.ctx, {});
  if (!subscription) return "nothing";
  const { plan, status, cancelAt, next } = subscription;
  const coming = next ? ` next ${next.plan.id.replace("rooms-", "")}` : "";
  return `${plan.id.replace("rooms-", "")} ${status}${cancelAt ? " ends" : ""}${coming}`;
}

const isRefusal = (cell: string) => !cell.includes(" ");
const names = Object.keys(ACTIONS) as Name[]; // the table has no other keys
const cellsOf = (state: State) =>
  names.flatMap((name) => (MATRIX[state][name] ? [[name, MATRIX[state][name]] as const] : []));

test.each(Object.keys(MATRIX) as State[])("%s: what is refused changes nothing", { timeout: 60_000 }, async (state) => {
  const who = await aPerson();
  await STATES[state](who);
  const before = await standing(who);
  const refused = cellsOf(state).filter(([, expected]) => isRefusal(expected));
  expect(refused.length).toBeGreaterThan(0);
  for (const [name, expected] of refused) expect([name, await outcome(who, name)]).toEqual([name, expected]);
  expect(await standing(who)).toBe(before);
});

const allowed = (Object.keys(MATRIX) as State[]).flatMap((state) =>
  cellsOf(state).flatMap(([name, expected]) => (isRefusal(expected) ? [] : [[state, name, expected] as const])),
);
const some = allowed.filter((_, place) => process.env.PARLEY_TEST === "full" || place % 3 === 1);

test.each(some)("%s: %s brings it to %s", { timeout: 60_000 }, async (state, name, expected) => {
  const who = await aPerson();
  await STATES[state](who);
  expect(await outcome(who, name)).toBe(expected);
});
