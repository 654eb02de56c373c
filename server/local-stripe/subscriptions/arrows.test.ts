import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { customerWith, defaultCard, recurringPrice } from "../testing/customers";
import { aLocalStripe, type TestHouse } from "../testing/house";

const HOUR = 3_600;
const DAY = 86_400;

let house: TestHouse;
beforeAll(async () => {
  house = await aLocalStripe(new Date("2026-04-01T00:00:00Z"));
});
afterAll(() => house.stop());

type World = { stripe: Stripe; key: string; customer: string; price: string };
type Told = [status: string, totals: number[], last: string | undefined];
/** Makes a subscription and takes it to where the arrow begins; what it hands back follows the arrow. */
type Row = {
  arrow: string;
  from: string;
  begin(world: World): Promise<[id: string, go: () => Promise<unknown>]>;
  to: Told;
};

const create = (world: World, more: Partial<Stripe.SubscriptionCreateParams> = {}) =>
  world.stripe.subscriptions.create({ customer: world.customer, items: [{ price: world.price }], ...more });
const bad = ({ stripe, customer }: World) => defaultCard(stripe, customer, "chargeCustomerFail");
const good = ({ stripe, customer }: World) => defaultCard(stripe, customer, "visa");
const dunning = ({ key }: World, ends: "cancel" | "unpaid" | "past_due") =>
  fetch(`${house.url}/_local/dunning`, {
    ...{ method: "POST", headers: { authorization: `Bearer ${key}` }, body: JSON.stringify({ finally: ends }) },
  });

/** A subscription whose renewal was not paid. */
async function late(world: World, ends: "cancel" | "unpaid" | "past_due" = "cancel"): Promise<string> {
  await dunning(world, ends);
  const { id, items } = await create(world);
  await bad(world);
  await toThe(items.data[0]?.current_period_end ?? 0);
  return id;
}
const toThe = (end: number) => house.advance(end + HOUR - house.now.getTime() / 1_000);
const latest = async ({ stripe }: World, id: string) =>
  String((await stripe.subscriptions.retrieve(id)).latest_invoice);
const trialWith = (missing_payment_method: "cancel" | "pause") => ({
  ...{ trial_period_days: 7, trial_settings: { end_behavior: { missing_payment_method } } },
});
const withoutCard = async (world: World, more: Partial<Stripe.SubscriptionCreateParams>) =>
  create({ ...world, customer: (await world.stripe.customers.create()).id }, more);

const ROWS: Row[] = [
  {
    ...{
      arrow: "incomplete, paid in time",
      from: "incomplete",
      to: ["active", [3_000], "customer.subscription.updated"],
    },
    async begin(world) {
      const { id } = await create(world, { payment_behavior: "default_incomplete" });
      const card = await good(world);
      return [id, async () => world.stripe.invoices.pay(await latest(world, id), { payment_method: card })];
    },
  },
  {
    ...{ arrow: "incomplete, not paid in 23 hours", from: "incomplete" },
    to: ["incomplete_expired", [3_000], "customer.subscription.updated"],
    async begin(world) {
      const { id } = await create(world, { payment_behavior: "default_incomplete" });
      return [id, () => house.advance(23 * HOUR)];
    },
  },
  {
    ...{
      arrow: "a trial that ends with a card",
      from: "trialing",
      to: ["active", [0, 3_000], "customer.subscription.updated"],
    },
    async begin(world) {
      const { id } = await create(world, { trial_period_days: 7 });
      return [id, () => house.advance(7 * DAY + HOUR)];
    },
  },
  {
    ...{ arrow: "a trial that ends without one, canceled", from: "trialing" },
    to: ["canceled", [0], "customer.subscription.deleted"],
    async begin(world) {
      const { id } = await withoutCard(world, trialWith("cancel"));
      return [id, () => house.advance(7 * DAY + HOUR)];
    },
  },
  {
    ...{ arrow: "a trial that ends without one, paused", from: "trialing" },
    to: ["paused", [0], "customer.subscription.paused"],
    async begin(world) {
      const { id } = await withoutCard(world, trialWith("pause"));
      return [id, () => house.advance(7 * DAY + HOUR)];
    },
  },
  {
    ...{
      arrow: "a renewal that is not paid",
      from: "active",
      to: ["past_due", [3_000, 3_000], "customer.subscription.updated"],
    },
    async begin(world) {
      const { id, items } = await create(world);
      await bad(world);
      return [id, () => toThe(items.data[0]?.current_period_end ?? 0)];
    },
  },
  {
    ...{
      arrow: "a retry that succeeds",
      from: "past_due",
      to: ["active", [3_000, 3_000], "customer.subscription.updated"],
    },
    async begin(world) {
      const id = await late(world);
      await good(world);
      return [id, () => house.advance(3 * DAY)];
    },
  },
  {
    ...{
      arrow: "no retry left, canceled",
      from: "past_due",
      to: ["canceled", [3_000, 3_000], "customer.subscription.deleted"],
    },
    begin: async (world) => [await late(world, "cancel"), () => house.advance(15 * DAY)],
  },
  {
    ...{
      arrow: "no retry left, unpaid",
      from: "past_due",
      to: ["unpaid", [3_000, 3_000], "customer.subscription.updated"],
    },
    begin: async (world) => [await late(world, "unpaid"), () => house.advance(15 * DAY)],
  },
  {
    ...{
      arrow: "no retry left, still late",
      from: "past_due",
      to: ["past_due", [3_000, 3_000], "customer.subscription.updated"],
    },
    begin: async (world) => [await late(world, "past_due"), () => house.advance(15 * DAY)],
  },
  {
    ...{ arrow: "unpaid, and the latest invoice is paid", from: "unpaid" },
    to: ["active", [3_000, 3_000], "customer.subscription.updated"],
    async begin(world) {
      const id = await late(world, "unpaid");
      await house.advance(15 * DAY);
      const card = await good(world);
      return [id, async () => world.stripe.invoices.pay(await latest(world, id), { payment_method: card })];
    },
  },
  {
    ...{ arrow: "paused by hand", from: "active", to: ["paused", [3_000], "customer.subscription.paused"] },
    async begin(world) {
      const { id } = await create(world);
      return [id, () => world.stripe.subscriptions.pause(id, {} as never)]; // it has no parameter of its own here
    },
  },
  {
    ...{ arrow: "resumed", from: "paused", to: ["active", [3_000, 0], "customer.subscription.resumed"] },
    async begin(world) {
      const { id } = await create(world);
      await world.stripe.subscriptions.pause(id, {} as never); // as above
      return [id, () => world.stripe.subscriptions.resume(id, { billing_cycle_anchor: { type: "now" } })];
    },
  },
  {
    ...{ arrow: "deleted", from: "active", to: ["canceled", [3_000], "customer.subscription.deleted"] },
    async begin(world) {
      const { id } = await create(world);
      return [id, () => world.stripe.subscriptions.cancel(id)];
    },
  },
  {
    ...{ arrow: "its end reached", from: "active", to: ["canceled", [3_000], "customer.subscription.deleted"] },
    async begin(world) {
      const { id } = await create(world, { cancel_at: Math.floor(house.now.getTime() / 1_000) + 10 * DAY });
      return [id, () => house.advance(10 * DAY)];
    },
  },
  {
    ...{
      arrow: "a sent invoice that is overdue",
      from: "active",
      to: ["past_due", [3_000], "customer.subscription.updated"],
    },
    async begin(world) {
      const { id } = await create(world, { collection_method: "send_invoice", days_until_due: 5 });
      return [id, () => house.advance(5 * DAY + HOUR)];
    },
  },
];

test.each(ROWS)("$arrow: $from becomes $to.0", async ({ from, begin, to: [status, totals, last] }) => {
  const { stripe, key } = house.fresh();
  const world = {
    stripe,
    key,
    customer: await customerWith(stripe, "visa"),
    price: await recurringPrice(stripe, 3_000),
  };
  const [id, go] = await begin(world);
  expect((await stripe.subscriptions.retrieve(id)).status).toBe(from);
  await go();
  expect((await stripe.subscriptions.retrieve(id)).status).toBe(status);
  const invoices = (await stripe.invoices.list({ subscription: id, limit: 100 })).data.reverse();
  expect(invoices.map(({ total }) => total)).toEqual(totals);
  const told = (await stripe.events.list({ limit: 100 })).data.map(({ type }) => String(type));
  expect(told.find((type) => /^customer\.subscription\.(?!trial)/.test(type))).toBe(last);
});

test("drafts what an unpaid subscription owes, and asks for none of it", async () => {
  const { stripe, key } = house.fresh();
  const world = {
    stripe,
    key,
    customer: await customerWith(stripe, "visa"),
    price: await recurringPrice(stripe, 3_000),
  };
  const id = await late(world, "unpaid");
  await house.advance(46 * DAY);
  const [draft] = (await stripe.invoices.list({ subscription: id, limit: 1 })).data;
  expect(draft).toMatchObject({ status: "draft", auto_advance: false, total: 3_000 });
});

test("an end is the end", async () => {
  const { stripe, key } = house.fresh();
  const world = {
    stripe,
    key,
    customer: await customerWith(stripe, "visa"),
    price: await recurringPrice(stripe, 3_000),
  };
  const { id } = await create(world);
  await stripe.subscriptions.cancel(id);
  await expect(stripe.subscriptions.update(id, { description: "Again" })).rejects.toMatchObject({
    code: "invalid_canceled_subscription_fields",
  });
  await expect(stripe.subscriptions.cancel(id)).rejects.toMatchObject({ statusCode: 404 });
  await expect(stripe.subscriptions.resume(id)).rejects.toMatchObject({ statusCode: 400 });
  expect(await stripe.subscriptions.update(id, { metadata: { why: "gone" } })).toMatchObject({ status: "canceled" });
});
