import fc from "fast-check";
import postgres from "postgres";
import Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { customerWith, recurringPrice } from "./testing/customers";
import { aLocalStripe, type TestHouse } from "./testing/house";

const full = process.env.PARLEY_TEST === "full";
const HOUR = 3_600;

let house: TestHouse;
beforeAll(async () => {
  house = await aLocalStripe(new Date("2026-01-31T10:00:00Z"));
});
afterAll(() => house.stop());

const CARDS = ["visa", "bypassPending", "chargeCustomerFail", "createDispute"] as const;
const step = fc.oneof(
  fc.record({ do: fc.constant("subscribe"), n: fc.nat(5), card: fc.constantFrom(...CARDS) }),
  fc.record({ do: fc.constant("change"), n: fc.nat(20) }),
  fc.record({ do: fc.constant("use"), n: fc.integer({ min: 1, max: 5_000 }) }),
  fc.record({ do: fc.constantFrom("cancel", "pause", "resume", "pay", "refund", "bill", "credit"), n: fc.nat(20) }),
  fc.record({ do: fc.constant("wait"), n: fc.constantFrom(1, 5, 24, 24 * 7, 24 * 31) }),
);
type Step = { do: string; n: number; card?: (typeof CARDS)[number] };
/** There is always a subscription with usage, and all that was used comes to be billed. */
const FIRST: Step = { do: "subscribe", n: 4, card: "visa" };
const LAST: Step[] = [
  { do: "use", n: 3_000 },
  { do: "wait", n: 24 * 31 },
  { do: "wait", n: 5 },
];
type Used = { customer: string; at: number; value: number };
type World = { stripe: Stripe; small: string; large: string; calls: string; used: Used[] };

/** Whatever is asked, in whatever order: a refusal is fine, and so is a decline. Nothing else is. */
test("keeps its books whatever is done and whenever", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 16 }), async (steps) => {
      const { stripe, key } = house.fresh();
      const world = await aWorld(stripe);
      for (const one of [FIRST, ...steps, ...LAST]) await attempt(world, one);
      await conservesMoney(stripe);
      await invoicesAddUp(stripe);
      await billsUsageOnce(world);
      await changesWhatItTells(stripe);
      await leavesNothingStuck();
      await fetch(`${house.url}/_local/reset`, { method: "POST", headers: { authorization: `Bearer ${key}` } });
    }),
    { numRuns: full ? 80 : 5 },
  );
}, 600_000);

async function aWorld(stripe: Stripe): Promise<World> {
  const meter = await stripe.billing.meters.create({
    ...{ display_name: "Calls", event_name: "calls", default_aggregation: { formula: "sum" } },
  });
  const calls = await stripe.prices.create({
    ...{ currency: "usd", billing_scheme: "tiered", tiers_mode: "graduated", product_data: { name: "Calls" } },
    tiers: [
      { up_to: 1_000, unit_amount: 0 },
      { up_to: "inf", unit_amount_decimal: Stripe.Decimal.from("0.1") },
    ],
    recurring: { interval: "month", usage_type: "metered", meter: meter.id },
  });
  const [small, large] = [await recurringPrice(stripe, 3_000), await recurringPrice(stripe, 9_900)];
  return { stripe, small, large, calls: calls.id, used: [] };
}

async function attempt(world: World, one: Step): Promise<void> {
  try {
    await DOES[one.do]?.(world, one);
  } catch (error) {
    const fine = error instanceof Stripe.errors.StripeError && [400, 402, 404].includes(error.statusCode ?? 0);
    if (!fine || error.message.includes("against the contract")) throw error;
  }
}

const aSubscription = async ({ stripe }: World, n: number): Promise<Stripe.Subscription> => {
  const { data } = await stripe.subscriptions.list({ status: "all", limit: 100 });
  const found = data[n % data.length];
  if (!found) throw new Error("there is always a subscription");
  return found;
};

const DOES: Record<string, (world: World, step: Step) => Promise<unknown>> = {
  async subscribe({ stripe, small, large, calls }, { n, card = "visa" }) {
    const items = [[small], [large], [small, large], [calls], [small, calls], [large, calls]][n] ?? [small];
    return stripe.subscriptions.create({
      ...{ customer: await customerWith(stripe, card), items: items.map((price) => ({ price })) },
      ...(n % 2 === 1 && { trial_period_days: 3 }),
    });
  },
  async change(world, { n }) {
    const subscription = await aSubscription(world, n);
    const item = subscription.items.data.find(({ price }) => price.id !== world.calls);
    const behaviors = ["always_invoice", "create_prorations", "none"] as const;
    return world.stripe.subscriptions.update(subscription.id, {
      items: [{ id: item?.id ?? "", price: n % 2 ? world.small : world.large, quantity: 1 + (n % 3) }],
      proration_behavior: behaviors[n % 3] ?? "none",
      ...(n % 5 === 0 && { payment_behavior: "pending_if_incomplete" }),
      ...(n % 7 === 0 && { billing_cycle_anchor: { type: "now" } }),
    });
  },
  async use(world, { n }) {
    const { data } = await world.stripe.subscriptions.list({ limit: 100 });
    const metered = data.filter(({ items }) => items.data.some(({ price }) => price.id === world.calls));
    const { customer } = metered[n % Math.max(metered.length, 1)] ?? (await aSubscription(world, n));
    const at = Math.floor(house.now.getTime() / 1_000);
    const payload = { stripe_customer_id: String(customer), value: String(n) };
    await world.stripe.billing.meterEvents.create({ event_name: "calls", payload, timestamp: at });
    world.used.push({ customer: String(customer), at, value: n });
  },
  async cancel(world, { n }) {
    const { id } = await aSubscription(world, n);
    if (n % 2) return world.stripe.subscriptions.update(id, { cancel_at_period_end: n % 3 !== 0 });
    return world.stripe.subscriptions.cancel(id, { invoice_now: n % 3 === 0, prorate: n % 4 === 0 });
  },
  pause: async (world, { n }) => world.stripe.subscriptions.pause((await aSubscription(world, n)).id, {} as never), // it has no parameter of its own here
  resume: async (world, { n }) =>
    world.stripe.subscriptions.resume((await aSubscription(world, n)).id, {
      billing_cycle_anchor: { type: n % 2 ? "now" : "unchanged" },
    }),
  async pay({ stripe }, { n }) {
    const { data } = await stripe.invoices.list({ status: "open", limit: 100 });
    const invoice = data[n % Math.max(data.length, 1)];
    if (!invoice?.id) return;
    const customer = String(invoice.customer);
    const card = await stripe.paymentMethods.attach("pm_card_visa", { customer });
    return n % 4 === 0
      ? stripe.invoices.voidInvoice(invoice.id)
      : stripe.invoices.pay(invoice.id, { payment_method: card.id });
  },
  async refund({ stripe }, { n }) {
    const { data } = await stripe.charges.list({ limit: 10 });
    const charge = data[n % Math.max(data.length, 1)];
    if (charge) return stripe.refunds.create({ charge: charge.id, ...(n % 2 && { amount: 100 + n }) });
  },
  async bill(world, { n }) {
    const customer = String((await aSubscription(world, n)).customer);
    await world.stripe.invoiceItems.create({ customer, amount: 700 - 100 * n, currency: "usd" });
    if (n % 2) return;
    const wanted = { customer, pending_invoice_items_behavior: "include" as const, auto_advance: n % 4 === 0 };
    return world.stripe.invoices.create(wanted);
  },
  async credit(world, { n }) {
    const customer = String((await aSubscription(world, n)).customer);
    return world.stripe.customers.createBalanceTransaction(customer, { amount: 1_000 - 200 * n, currency: "usd" });
  },
  wait: (_, { n }) => house.advance(n * HOUR),
};

async function conservesMoney(stripe: Stripe): Promise<void> {
  const entries = await stripe.balanceTransactions.list({ limit: 100 }).autoPagingToArray({ limit: 5_000 });
  const { available, pending } = await stripe.balance.retrieve();
  const held = [...available, ...pending].reduce((sum, { amount }) => sum + amount, 0);
  expect(entries.reduce((sum, { net }) => sum + net, 0)).toBe(held);
  for (const { amount, fee, net } of entries) expect(net).toBe(amount - fee);
  const charges = await stripe.charges.list({ limit: 100 }).autoPagingToArray({ limit: 5_000 });
  for (const { id, amount_captured, status } of charges) {
    const booked = entries.filter(({ source, type }) => source === id && type === "charge");
    expect(booked.map(({ amount }) => amount)).toEqual(status === "succeeded" ? [amount_captured] : []);
  }
}

const totalOf = (parts: readonly { amount: number }[] | null | undefined): number =>
  (parts ?? []).reduce((sum, { amount }) => sum + amount, 0);

async function invoicesAddUp(stripe: Stripe): Promise<void> {
  const expand = ["data.payments"];
  for (const invoice of await stripe.invoices.list({ limit: 100, expand }).autoPagingToArray({ limit: 5_000 })) {
    const lines = await stripe.invoices
      .listLineItems(invoice.id ?? "", { limit: 100 })
      .autoPagingToArray({ limit: 500 });
    for (const line of lines) expect(line.parent, `${invoice.id} ${line.description}`).not.toBeNull();
    expect(invoice.subtotal).toBe(totalOf(lines));
    expect(invoice.total).toBe(invoice.subtotal - totalOf(invoice.total_discount_amounts));
    if (invoice.status === "draft") continue;
    const balance = (invoice.ending_balance ?? 0) - invoice.starting_balance;
    expect(invoice.amount_due).toBe(invoice.total - balance);
    const paid = invoice.payments?.data.filter(({ status }) => status === "paid") ?? [];
    expect(invoice.amount_paid).toBe(paid.reduce((sum, { amount_paid }) => sum + (amount_paid ?? 0), 0));
    if (invoice.status === "paid") expect(invoice.amount_paid).toBeGreaterThanOrEqual(invoice.amount_due);
  }
}

/** Every period of usage is billed by one invoice, with just what was used in it. */
async function billsUsageOnce({ stripe, calls, used }: World): Promise<void> {
  const billed = new Map<string, { start: number; end: number; quantity: number; settled: boolean; on: string }[]>();
  for (const invoice of await stripe.invoices.list({ limit: 100 }).autoPagingToArray({ limit: 5_000 })) {
    // A change that nobody paid for leaves a void invoice, and its usage is billed when it would have been.
    if (invoice.status === "void") continue;
    const lines = await stripe.invoices
      .listLineItems(invoice.id ?? "", { limit: 100 })
      .autoPagingToArray({ limit: 500 });
    for (const { pricing, parent, period, quantity } of lines) {
      if (pricing?.price_details?.price !== calls || !parent?.subscription_item_details) continue;
      const key = `${invoice.customer} ${parent.subscription_item_details.subscription}`;
      const settled = invoice.status !== "draft";
      const entry = { ...period, quantity: quantity ?? 0, settled, on: invoice.id ?? "" };
      billed.set(key, [...(billed.get(key) ?? []), entry]);
    }
  }
  for (const [key, lines] of billed) {
    const [customer] = key.split(" ");
    const starts = [...new Set(lines.map(({ start }) => start))].sort((a, b) => a - b);
    let reached = 0;
    for (const start of starts) {
      const those = lines.filter((line) => line.start === start);
      expect(new Set(those.map(({ on }) => on)).size, `${key} is billed once for ${start}`).toBe(1);
      expect(start).toBeGreaterThanOrEqual(reached);
      reached = those[0]?.end ?? 0;
      if (!those.every(({ settled }) => settled)) continue;
      const usage = used.filter((one) => one.customer === customer && one.at >= start && one.at < reached);
      expect(those.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(
        usage.reduce((sum, { value }) => sum + value, 0),
      );
    }
  }
}

/** An event that says that something changed shows a thing that has changed, and says what it was. */
async function changesWhatItTells(stripe: Stripe): Promise<void> {
  const events = await stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 10_000 });
  const shown = new Map<string, string>();
  for (const { type, data } of events.reverse()) {
    const { id } = data.object as { id?: string }; // a preview has none
    const text = JSON.stringify(data.object);
    if (/\.updated$/.test(String(type)) && id !== undefined) {
      // The one event that has an older twin says the same twice.
      if (type !== "charge.refund.updated") expect(text, `${type} of ${id}`).not.toBe(shown.get(id));
      expect(Object.keys(data.previous_attributes ?? {}), `${type} of ${id}`).not.toEqual([]);
    }
    if (id !== undefined) shown.set(id, text);
  }
}

/** Due work that failed is put aside with its reason, and none may be. */
async function leavesNothingStuck(): Promise<void> {
  const sql = postgres(house.databaseUrl, { max: 1, onnotice: () => undefined });
  const stuck = await sql`select kind, ref, problem from stripe_local.due where problem is not null`;
  await sql.end();
  expect(stuck).toEqual([]);
}
