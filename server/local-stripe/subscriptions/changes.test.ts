import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { customerWith, defaultCard, itemOf, recurringPrice, seconds } from "../testing/customers";
import { aLocalStripe, type TestHouse } from "../testing/house";

let house: TestHouse;
let [small, large] = ["", ""];
beforeAll(async () => {
  house = await aLocalStripe(new Date("2026-04-01T00:00:00Z"));
  [small, large] = [await recurringPrice(house.stripe, 3_000), await recurringPrice(house.stripe, 9_000)];
});
afterAll(() => house.stop());

/** A subscription on a clock of its own, on the 1st of April. */
async function onClock(card = "visa", more: Partial<Stripe.SubscriptionCreateParams> = {}) {
  const { stripe } = house;
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: seconds("2026-04-01T00:00:00Z") });
  const customer = await customerWith(stripe, card, { test_clock: clock.id });
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price: small }], ...more });
  const to = async (text: string) => {
    await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: seconds(text) });
    await house.settle();
  };
  const read = () => stripe.subscriptions.retrieve(subscription.id, { expand: ["latest_invoice"] });
  return { customer, subscription, item: itemOf(subscription), to, read };
}

const upgrade = (item: string): Stripe.SubscriptionUpdateParams => ({
  ...{ items: [{ id: item, price: large }], proration_behavior: "always_invoice" },
  payment_behavior: "pending_if_incomplete",
});

test("holds a change until it is paid, and then makes it", async () => {
  const { stripe } = house;
  const { customer, subscription, item, to, read } = await onClock();
  await to("2026-04-16T00:00:00Z");
  await defaultCard(stripe, customer, "chargeCustomerFail");
  const held = await stripe.subscriptions.update(subscription.id, upgrade(item));
  expect(held).toMatchObject({
    ...{ status: "active", items: { data: [{ price: { id: small } }] } },
    pending_update: {
      expires_at: seconds("2026-04-16T23:00:00Z"),
      subscription_items: [{ id: item, price: { id: large } }],
    },
  });
  const invoice = String(held.latest_invoice);
  expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ status: "open", total: 3_000 });
  await stripe.invoices.pay(invoice, { payment_method: await defaultCard(stripe, customer, "visa") });
  expect(await read()).toMatchObject({
    ...{ status: "active", pending_update: null, latest_invoice: { id: invoice, status: "paid" } },
    items: { data: [{ id: item, price: { id: large } }] },
  });
  const types = (await house.events()).slice(-9);
  expect(types).toContain("customer.subscription.pending_update_applied");
  await to("2026-05-01T02:00:00Z");
  expect((await read()).latest_invoice).toMatchObject({ total: 9_000, status: "paid" });
});

test("forgets a change that nobody paid for in 23 hours", async () => {
  const { stripe } = house;
  const { customer, subscription, item, to, read } = await onClock();
  await to("2026-04-16T00:00:00Z");
  await defaultCard(stripe, customer, "authenticationRequired");
  const held = await stripe.subscriptions.update(subscription.id, upgrade(item));
  await to("2026-04-16T22:59:59Z");
  expect((await read()).pending_update).not.toBeNull();
  await to("2026-04-16T23:00:00Z");
  expect(await read()).toMatchObject({
    status: "active",
    pending_update: null,
    items: { data: [{ price: { id: small } }] },
  });
  expect(await stripe.invoices.retrieve(String(held.latest_invoice))).toMatchObject({ status: "void" });
  expect((await house.events()).slice(-6)).toContain("customer.subscription.pending_update_expired");
});

test("makes a change at once that is paid at once, and takes few other wishes with it", async () => {
  const { stripe } = house;
  const { subscription, item, to } = await onClock();
  await to("2026-04-16T00:00:00Z");
  await expect(
    stripe.subscriptions.update(subscription.id, { ...upgrade(item), cancel_at_period_end: true }),
  ).rejects.toMatchObject({ param: "cancel_at_period_end" });
  expect(await stripe.subscriptions.update(subscription.id, upgrade(item))).toMatchObject({
    ...{ status: "active", pending_update: null, items: { data: [{ price: { id: large } }] } },
  });
});

test("bills something once with the next invoice", async () => {
  const { stripe } = house;
  const { subscription, to, read } = await onClock();
  const once = { currency: "usd", unit_amount: 500, product: (await stripe.products.create({ name: "Set-up" })).id };
  await stripe.subscriptions.update(subscription.id, { add_invoice_items: [{ price_data: once, quantity: 2 }] });
  await to("2026-05-01T02:00:00Z");
  expect((await read()).latest_invoice).toMatchObject({ total: 4_000 });
});

test("gives a coupon once when it is for once, and for as long as it is for", async () => {
  const { stripe } = house;
  const off = async (duration: "once" | "repeating" | "forever") =>
    (
      await stripe.coupons.create({
        percent_off: 50,
        duration,
        ...(duration === "repeating" && { duration_in_months: 2 }),
      })
    ).id;
  for (const [duration, totals] of [
    ["once", [1_500, 3_000, 3_000]],
    ["repeating", [1_500, 1_500, 3_000]],
    ["forever", [1_500, 1_500, 1_500]],
  ] as const) {
    const { subscription, to } = await onClock("visa", { discounts: [{ coupon: await off(duration) }] });
    await to("2026-06-01T02:00:00Z");
    const { data } = await stripe.invoices.list({ subscription: subscription.id });
    expect(data.map(({ total }) => total).reverse(), duration).toEqual(totals);
    expect((await stripe.subscriptions.retrieve(subscription.id)).discounts).toHaveLength(duration === "once" ? 0 : 1);
  }
});

test("gives no more back than was taken", async () => {
  const { stripe } = house;
  const coupon = await stripe.coupons.create({ percent_off: 50, duration: "once" });
  const { subscription, item, to, read } = await onClock("visa", { discounts: [{ coupon: coupon.id }] });
  await to("2026-04-16T00:00:00Z");
  await stripe.subscriptions.update(subscription.id, { ...upgrade(item), payment_behavior: "allow_incomplete" });
  const { latest_invoice } = await read();
  // Half of the 1,500 that were paid, and half of 9,000.
  const lines = (latest_invoice as Stripe.Invoice).lines.data;
  expect(lines.map(({ amount, discount_amounts }) => [amount, discount_amounts?.length])).toEqual([
    [-750, 0],
    [4_500, 0],
  ]);
});

test("discounts one item alone, at its start, its change and its renewal", async () => {
  const { stripe } = house;
  const [half, tenth] = [
    await stripe.coupons.create({ percent_off: 50, duration: "forever" }),
    await stripe.coupons.create({ percent_off: 10, duration: "forever" }),
  ];
  const { subscription, to, read } = await onClock("visa", {
    ...{ items: [{ price: small, discounts: [{ coupon: half.id }] }, { price: large }] },
    discounts: [{ coupon: tenth.id }],
  });
  // 1,500 less a tenth, and 9,000 less a tenth.
  expect((await read()).latest_invoice).toMatchObject({ subtotal: 12_000, total: 1_350 + 8_100 });
  await to("2026-05-01T02:00:00Z");
  expect((await read()).latest_invoice).toMatchObject({ total: 1_350 + 8_100 });
  const item = subscription.items.data.find(({ price }) => price.id === small)?.id ?? "";
  await stripe.subscriptions.update(subscription.id, { items: [{ id: item, discounts: "" }] });
  expect((await stripe.invoices.createPreview({ subscription: subscription.id })).total).toBe(2_700 + 8_100);
});

test("sends a part of each payment on, and keeps a fee of it", async () => {
  const { stripe } = house;
  const capabilities = { transfers: { requested: true } };
  const { id: destination } = await stripe.accounts.create({ type: "express", capabilities });
  await house.control("POST", `accounts/${destination}/onboard`);
  const { to, customer } = await onClock("visa", { transfer_data: { destination, amount_percent: 70 } });
  const kept = await onClock("visa", { transfer_data: { destination }, application_fee_percent: 12.5 });
  const sent = async () =>
    (await stripe.transfers.list({ destination, limit: 100 })).data.map(({ amount }) => amount).sort((a, b) => a - b);
  expect(await sent()).toEqual([2_100, 3_000]);
  expect((await stripe.applicationFees.list({ limit: 1 })).data).toMatchObject([{ amount: 375, account: destination }]);
  await to("2026-05-01T02:00:00Z");
  expect(await sent()).toEqual([2_100, 2_100, 3_000]);
  await stripe.subscriptions.update(kept.subscription.id, { transfer_data: "", application_fee_percent: "" });
  await expect(
    stripe.subscriptions.create({ customer, items: [{ price: small }], application_fee_percent: 10 }),
  ).rejects.toMatchObject({ param: "application_fee_percent" });
  await expect(
    stripe.subscriptions.create({ customer, items: [{ price: small }], transfer_data: { destination: "acct_none" } }),
  ).rejects.toMatchObject({ code: "resource_missing", param: "transfer_data[destination]" });
});

test("keeps a draft that cannot become an invoice, and says why", async () => {
  const { stripe } = house;
  const capabilities = { transfers: { requested: true } };
  const { id: destination } = await stripe.accounts.create({ type: "express", capabilities });
  await house.control("POST", `accounts/${destination}/onboard`);
  const { to, read } = await onClock("visa", { transfer_data: { destination } });
  await house.control("POST", `accounts/${destination}/restrict`);
  await to("2026-05-01T02:00:00Z");
  const failed = (await read()).latest_invoice as Stripe.Invoice;
  expect(failed).toMatchObject({
    ...{ status: "draft", last_finalization_error: { code: "transfers_not_allowed" } },
  });
  expect((await house.events()).slice(-5)).toContain("invoice.finalization_failed");
  await house.control("POST", `accounts/${destination}/onboard`);
  await house.control("POST", "next", { finalization_error: "customer_tax_location_invalid" });
  await expect(stripe.invoices.finalizeInvoice(failed.id ?? "")).rejects.toMatchObject({
    code: "customer_tax_location_invalid",
  });
  expect(await stripe.invoices.finalizeInvoice(failed.id ?? "")).toMatchObject({
    ...{ status: "open", last_finalization_error: null },
  });
});

test("bills what lies between a start in the past and now", async () => {
  const { stripe } = house;
  const customer = await customerWith(stripe, "visa");
  const begin = (more: Partial<Stripe.SubscriptionCreateParams>) =>
    stripe.subscriptions.create({
      ...{ customer, items: [{ price: small }], backdate_start_date: seconds("2026-02-15T00:00:00Z") },
      ...{ expand: ["latest_invoice"], ...more },
    });
  // From 15 February and from 15 March.
  const whole = await begin({});
  expect(whole).toMatchObject({ start_date: seconds("2026-02-15T00:00:00Z"), latest_invoice: { total: 6_000 } });
  expect(whole.items.data[0]).toMatchObject({ current_period_end: seconds("2026-04-15T00:00:00Z") });
  expect((await begin({ proration_behavior: "none" })).latest_invoice).toMatchObject({ total: 3_000 });
  // 14 of 28 days to 1 March, the whole of March, and nothing before the anchor of 1 April but that.
  const anchored = await begin({ billing_cycle_anchor: seconds("2026-05-01T00:00:00Z") });
  expect(anchored.latest_invoice).toMatchObject({ total: 1_500 + 3_000 + 3_000 });
  await expect(begin({ backdate_start_date: seconds("2027-01-01T00:00:00Z") })).rejects.toMatchObject({
    param: "backdate_start_date",
  });
});

test("bills usage from the start in the older mode, and moves to the newer one for good", async () => {
  const { stripe } = house;
  const meter = await stripe.billing.meters.create({
    ...{ display_name: "Calls", event_name: "classic_calls", default_aggregation: { formula: "sum" } },
  });
  const price = await stripe.prices.create({
    ...{ currency: "usd", unit_amount: 10, product_data: { name: "Calls" } },
    recurring: { interval: "month", usage_type: "metered", meter: meter.id },
  });
  const customer = await customerWith(stripe, "visa");
  const make = (type: "classic" | "flexible") =>
    stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
      billing_mode: { type },
      expand: ["latest_invoice"],
    });
  const [classic, flexible] = [await make("classic"), await make("flexible")];
  expect(classic.latest_invoice).toMatchObject({ total: 0, lines: { data: [{ amount: 0 }] } });
  expect(flexible.latest_invoice).toBeNull();
  await expect(stripe.subscriptions.pause(classic.id, {} as never)).rejects.toMatchObject({ statusCode: 400 });
  const mode = { billing_mode: { type: "flexible" as const } };
  expect(await stripe.subscriptions.migrate(classic.id, mode)).toMatchObject({
    billing_mode: { type: "flexible", flexible: { proration_discounts: "included" } },
  });
  await expect(stripe.subscriptions.migrate(classic.id, mode)).rejects.toMatchObject({ param: "billing_mode[type]" });
});

test("gives unused time back in a pause, and bills it again when it goes on as it was", async () => {
  const { stripe } = house;
  const { subscription, to, read } = await onClock();
  await to("2026-04-11T00:00:00Z");
  const paused = await stripe.subscriptions.pause(subscription.id, {} as never);
  expect(paused).toMatchObject({
    ...{
      status: "paused",
      status_details: { paused: { type: "subscription", subscription: { type: "pause_requested" } } },
    },
  });
  await to("2026-04-21T00:00:00Z");
  const again = await stripe.subscriptions.resume(subscription.id, { billing_cycle_anchor: { type: "unchanged" } });
  expect(again).toMatchObject({ status: "active" });
  expect(again).not.toHaveProperty("status_details");
  await to("2026-05-01T02:00:00Z");
  // 20 of 30 days back, 10 of them again, and the next month.
  expect((await read()).latest_invoice).toMatchObject({ total: 3_000 - 2_000 + 1_000 });
});

test("stays paused until what is due is paid, and no longer than 23 hours", async () => {
  const { stripe } = house;
  const { customer, subscription, to, read } = await onClock();
  await to("2026-04-11T00:00:00Z");
  await stripe.subscriptions.pause(subscription.id, { bill_for: { unused_time_from: { type: "none" } } } as never);
  const resume = (payment_behavior: "resume_on_payment_attempt" | "resume_on_payment_success") =>
    stripe.subscriptions.resume(subscription.id, { billing_cycle_anchor: { type: "now" }, payment_behavior });
  expect(await resume("resume_on_payment_success")).toMatchObject({ status: "paused" });
  await to("2026-04-12T00:00:00Z");
  expect(await read()).toMatchObject({ status: "paused", latest_invoice: { status: "void" } });
  await defaultCard(stripe, customer, "chargeCustomerFail");
  const failed = await resume("resume_on_payment_attempt");
  expect(failed).toMatchObject({ status: "paused" });
  const card = await defaultCard(stripe, customer, "visa");
  await stripe.invoices.pay(String(failed.latest_invoice), { payment_method: card });
  expect(await read()).toMatchObject({ status: "active" });
  const types = await house.events();
  expect(types.slice(-12).filter((type) => type === "customer.subscription.resumed")).toHaveLength(1);
});

test("begins a trial in the middle, gives the rest back, and warns before its end", async () => {
  const { stripe } = house;
  const { subscription, to, read } = await onClock();
  await to("2026-04-16T00:00:00Z");
  const trial_end = seconds("2026-04-26T00:00:00Z");
  expect(await stripe.subscriptions.update(subscription.id, { trial_end })).toMatchObject({
    status: "trialing",
    trial_end,
  });
  await to("2026-04-26T02:00:00Z");
  expect(await read()).toMatchObject({ status: "active", latest_invoice: { total: 3_000 - 1_500, status: "paid" } });
  expect((await house.events()).slice(-20)).toContain("customer.subscription.trial_will_end");
});

test("credits every item when one of them begins its periods anew", async () => {
  const { stripe } = house;
  const yearly = await recurringPrice(stripe, 30_000, { interval: "year" });
  const { subscription, to, read } = await onClock("visa", { items: [{ price: small }, { price: large }] });
  await to("2026-04-16T00:00:00Z");
  const item = subscription.items.data.find(({ price }) => price.id === small)?.id ?? "";
  await stripe.subscriptions.update(subscription.id, { items: [{ id: item, price: yearly }] });
  expect((await read()).latest_invoice).toMatchObject({ total: 30_000 + 9_000 - 1_500 - 4_500 });
});

test("cancels at a word from the start", async () => {
  const { stripe } = house;
  const customer = await customerWith(stripe, "visa");
  const ending = await stripe.subscriptions.create({
    customer,
    items: [{ price: small }],
    cancel_at: "min_period_end",
  });
  expect(ending).toMatchObject({ cancel_at: ending.items.data[0]?.current_period_end, cancel_at_period_end: false });
});

test("refuses to bill by a threshold", async () => {
  const customer = await customerWith(house.stripe, "visa");
  await expect(
    house.stripe.subscriptions.create({ customer, items: [{ price: small }], billing_thresholds: { amount_gte: 100 } }),
  ).rejects.toMatchObject({ statusCode: 501, param: "billing_thresholds" });
});
