import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { customerWith, itemOf, seconds } from "../testing/customers";
import { aLocalStripe, type TestHouse } from "../testing/house";

let house: TestHouse;
const prices: Record<string, string> = {};
beforeAll(async () => {
  house = await aLocalStripe(new Date("2026-04-01T00:00:00Z"));
  const make = async (name: string, unit_amount: number, interval: Stripe.PriceCreateParams.Recurring.Interval) => {
    const price = await house.stripe.prices.create({
      currency: "usd",
      unit_amount,
      recurring: { interval },
      product_data: { name },
    });
    prices[name] = price.id;
  };
  await make("small", 3_000, "month");
  await make("large", 9_000, "month");
  await make("extra", 600, "month");
  await make("yearly", 60_000, "year");
  await make("free", 0, "month");
});
afterAll(() => house.stop());

type Behavior = "always_invoice" | "create_prorations" | "none";
type Row = {
  what: string;
  from: [price: string, quantity: number];
  change(item: string): Pick<Stripe.SubscriptionUpdateParams, "items" | "billing_cycle_anchor" | "trial_end">;
  /** The invoices from the change on until the month after it, by behaviour: ten days into a month of thirty. */
  totals: Record<Behavior, number[]>;
};

const price = (name: string): string => prices[name] ?? "";
/** A change that is billed at once, with the next invoice, or not at all. */
const billed = (difference: number, next: number): Row["totals"] => ({
  always_invoice: [difference, next],
  create_prorations: [next + difference],
  none: [next],
});
/** A change that begins new periods is billed at once in any case, with the credit or without. */
const begun = (whole: number, credit: number, next: number[]): Row["totals"] => ({
  always_invoice: [whole - credit, ...next],
  create_prorations: [whole - credit, ...next],
  none: [whole, ...next],
});

const CHANGES: Row[] = [
  {
    ...{ what: "a dearer price", from: ["small", 1], totals: billed(4_000, 9_000) },
    change: (id) => ({ items: [{ id, price: price("large") }] }),
  },
  {
    ...{ what: "a cheaper price", from: ["large", 1], totals: billed(-4_000, 3_000) },
    change: (id) => ({ items: [{ id, price: price("small") }] }),
  },
  {
    ...{ what: "more of it", from: ["small", 1], totals: billed(4_000, 9_000) },
    change: (id) => ({ items: [{ id, quantity: 3 }] }),
  },
  {
    ...{ what: "less of it", from: ["small", 3], totals: billed(-4_000, 3_000) },
    change: (id) => ({ items: [{ id, quantity: 1 }] }),
  },
  {
    ...{ what: "another item", from: ["small", 1], totals: billed(400, 3_600) },
    change: () => ({ items: [{ price: price("extra") }] }),
  },
  {
    ...{ what: "another rhythm", from: ["small", 1], totals: begun(60_000, 2_000, []) },
    change: (id) => ({ items: [{ id, price: price("yearly") }] }),
  },
  {
    ...{ what: "a new anchor", from: ["small", 1], totals: begun(3_000, 2_000, [3_000]) },
    change: () => ({ billing_cycle_anchor: { type: "now" } }),
  },
  {
    ...{ what: "something after nothing", from: ["free", 1], totals: begun(3_000, 0, [3_000]) },
    change: (id) => ({ items: [{ id, price: price("small") }] }),
  },
  {
    what: "a trial of ten days",
    from: ["small", 1],
    totals: { always_invoice: [-2_000, 3_000], create_prorations: [1_000], none: [3_000] },
    change: () => ({ trial_end: seconds("2026-04-21T00:00:00Z") }),
  },
];

test.each(
  CHANGES.flatMap((row) =>
    (["always_invoice", "create_prorations", "none"] as const).map((behavior) => ({ ...row, behavior })),
  ),
)("$what with $behavior costs what the preview said", async ({ from: [name, quantity], change, totals, behavior }) => {
  const { stripe } = house;
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: seconds("2026-04-01T00:00:00Z") });
  const to = async (text: string) => {
    await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: seconds(text) });
    await house.settle();
  };
  const customer = await customerWith(stripe, "visa", { test_clock: clock.id });
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price: price(name), quantity }] });
  const { id } = subscription;
  await to("2026-04-11T00:00:00Z");

  const wanted = { ...change(itemOf(subscription)), proration_behavior: behavior };
  const details = wanted as Stripe.InvoiceCreatePreviewParams.SubscriptionDetails; // the two take these in the same form
  const preview = await stripe.invoices.createPreview({ subscription: id, subscription_details: details });
  expect(preview.total).toBe(totals[behavior][0]);
  await stripe.subscriptions.update(id, { ...wanted, proration_date: seconds("2026-04-11T00:00:00Z") });
  const next = totals[behavior].length > 1 ? await stripe.invoices.createPreview({ subscription: id }) : undefined;
  await to("2026-05-11T02:00:00Z");
  const later = (await stripe.invoices.list({ subscription: id, limit: 100 })).data.reverse().slice(1);
  expect(later.map(({ total, status }) => [total, status])).toEqual(totals[behavior].map((total) => [total, "paid"]));
  if (next) expect(next.total).toBe(totals[behavior][1]);
});

test("up, down and up again in one period costs as much as up once", async () => {
  const { stripe } = house;
  const { id: customer } = await stripe.customers.create();
  const card = await stripe.paymentMethods.attach("pm_card_visa", { customer });
  const subscription = await stripe.subscriptions.create({
    customer,
    items: [{ price: price("small") }],
    default_payment_method: card.id,
  });
  const id = subscription.items.data[0]?.id ?? "";
  await house.advance(10 * 86_400);
  for (const name of ["large", "small", "large"])
    await stripe.subscriptions.update(subscription.id, { items: [{ id, price: price(name) }] });
  const pending = await stripe.invoiceItems.list({ customer, pending: true, limit: 100 });
  expect(pending.data.reduce((sum, { amount }) => sum + amount, 0)).toBe(4_000);
});

test("a removed item is given back, and nothing is when nothing was asked for", async () => {
  const { stripe } = house;
  const { id: customer } = await stripe.customers.create();
  const card = await stripe.paymentMethods.attach("pm_card_visa", { customer });
  const make = () =>
    stripe.subscriptions.create({
      customer,
      items: [{ price: price("small") }, { price: price("extra") }],
      default_payment_method: card.id,
    });
  const [given, kept] = [await make(), await make()];
  await house.advance(86_400);
  const extra = ({ items }: Stripe.Subscription) =>
    items.data.find((item) => item.price.id === price("extra"))?.id ?? "";
  await stripe.subscriptionItems.del(extra(given));
  await stripe.subscriptionItems.del(extra(kept), { proration_behavior: "none" });
  const pending = await stripe.invoiceItems.list({ customer, pending: true });
  expect(pending.data.map(({ amount }) => amount)).toHaveLength(1);
  expect(pending.data[0]?.amount).toBeLessThan(0);
  await expect(stripe.subscriptionItems.del(given.items.data[0]?.id ?? "")).rejects.toMatchObject({ statusCode: 400 });
});
