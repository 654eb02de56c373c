import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aLocalStripe, type TestHouse } from "../testing/house";

let house: TestHouse;
let [onTop, inside] = ["", ""];
beforeAll(async () => {
  house = await aLocalStripe(new Date("2026-04-01T00:00:00Z"));
  const rate = async (percentage: number, inclusive: boolean) =>
    (await house.stripe.taxRates.create({ display_name: "VAT", percentage, inclusive, country: "DE", tax_type: "vat" }))
      .id;
  [onTop, inside] = [await rate(20, false), await rate(10, true)];
});
afterAll(() => house.stop());

async function aCustomer(more: Stripe.CustomerCreateParams = {}): Promise<string> {
  const { id } = await house.stripe.customers.create(more);
  const card = await house.stripe.paymentMethods.attach("pm_card_visa", { customer: id });
  await house.stripe.customers.update(id, { invoice_settings: { default_payment_method: card.id } });
  return id;
}
const aPrice = async (unit_amount: number) =>
  (
    await house.stripe.prices.create({
      ...{ currency: "usd", unit_amount, recurring: { interval: "month" as const }, product_data: { name: "Pro" } },
    })
  ).id;

test("keeps what a rate takes, lists it, and archives it", async () => {
  const { stripe } = house;
  const made = await stripe.taxRates.create({ display_name: "GST", percentage: 8.3125, inclusive: false });
  expect(made).toMatchObject({
    percentage: 8.3125,
    effective_percentage: 8.3125,
    active: true,
    rate_type: "percentage",
  });
  const changed = await stripe.taxRates.update(made.id, { active: false, jurisdiction: "AU", metadata: { a: "b" } });
  expect(changed).toMatchObject({ active: false, jurisdiction: "AU", metadata: { a: "b" } });
  await expect(stripe.taxRates.update(made.id, { percentage: 9 } as never)).rejects.toMatchObject({
    ...{ code: "parameter_unknown", param: "percentage" },
  });
  expect((await stripe.taxRates.list({ active: false })).data.map(({ id }) => id)).toEqual([made.id]);
  expect((await stripe.taxRates.list({ inclusive: true })).data.map(({ id }) => id)).toEqual([inside]);
  const customer = await aCustomer();
  await expect(
    stripe.invoices.create({ customer, default_tax_rates: [made.id], pending_invoice_items_behavior: "include" }),
  ).rejects.toMatchObject({ param: "default_tax_rates[0]" });
  await expect(stripe.invoices.create({ customer, default_tax_rates: ["txr_none"] })).rejects.toMatchObject({
    ...{ code: "resource_missing", param: "default_tax_rates[0]" },
  });
});

test("taxes an invoice: by its own rates, by a line's, and after the discount", async () => {
  const { stripe } = house;
  const customer = await aCustomer();
  const coupon = await stripe.coupons.create({ percent_off: 50, duration: "once" });
  await stripe.invoiceItems.create({ customer, amount: 1_000, currency: "usd", description: "Work" });
  await stripe.invoiceItems.create({ customer, amount: 2_200, currency: "usd", tax_rates: [inside] });
  const draft = await stripe.invoices.create({
    ...{ customer, default_tax_rates: [onTop], pending_invoice_items_behavior: "include" },
    discounts: [{ coupon: coupon.id }],
  });
  // 500 and 20 % on it; 1,100 with 100 inside.
  expect(draft).toMatchObject({
    ...{ subtotal: 3_200, subtotal_excluding_tax: 3_000, total: 1_700, total_excluding_tax: 1_500 },
    total_taxes: [
      { amount: 100, tax_behavior: "exclusive", taxable_amount: 500, tax_rate_details: { tax_rate: onTop } },
      { amount: 100, tax_behavior: "inclusive", taxable_amount: 1_000, tax_rate_details: { tax_rate: inside } },
    ],
  });
  const paid = await stripe.invoices.pay(draft.id ?? "");
  expect(paid).toMatchObject({ status: "paid", amount_paid: 1_700 });
  expect(paid.lines.data.map(({ taxes }) => taxes?.map(({ amount }) => amount))).toEqual([[100], [100]]);
});

test("changes the rates of a draft and of one line, and takes them away again", async () => {
  const { stripe } = house;
  const customer = await aCustomer();
  await stripe.invoiceItems.create({ customer, amount: 1_100, currency: "usd" });
  const { id = "", lines } = await stripe.invoices.create({ customer, pending_invoice_items_behavior: "include" });
  const line = lines.data[0]?.id ?? "";
  expect((await stripe.invoices.update(id, { default_tax_rates: [onTop] })).total).toBe(1_320);
  await stripe.invoices.updateLineItem(id, line, { tax_rates: [inside] });
  expect(await stripe.invoices.retrieve(id)).toMatchObject({ total: 1_100, total_taxes: [{ amount: 100 }] });
  await stripe.invoices.updateLineItem(id, line, { tax_rates: "" });
  expect((await stripe.invoices.retrieve(id)).total).toBe(1_320);
  expect(await stripe.invoices.update(id, { default_tax_rates: "" })).toMatchObject({ total: 1_100, total_taxes: [] });
  const added = await stripe.invoices.addLines(id, {
    lines: [{ amount: 500, description: "More", tax_rates: [onTop] }],
  });
  expect(added).toMatchObject({ total: 1_700, total_taxes: [{ amount: 100 }] });
});

test("taxes a subscription at its start, at a change, and at a renewal, as the preview said", async () => {
  const { stripe } = house;
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: Date.parse("2026-04-01T00:00:00Z") / 1_000 });
  const customer = await aCustomer({ test_clock: clock.id });
  const [small, large, extra] = [await aPrice(3_000), await aPrice(9_000), await aPrice(1_100)];
  const subscription = await stripe.subscriptions.create({
    ...{ customer, default_tax_rates: [onTop], items: [{ price: small }, { price: extra, tax_rates: [inside] }] },
    expand: ["latest_invoice"],
  });
  expect(subscription.default_tax_rates).toMatchObject([{ id: onTop, percentage: 20 }]);
  expect(subscription.latest_invoice).toMatchObject({ subtotal: 4_100, total: 4_700, total_excluding_tax: 4_000 });

  await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: Date.parse("2026-04-16T00:00:00Z") / 1_000 });
  await house.settle();
  const item = subscription.items.data.find(({ price }) => price.id === small)?.id ?? "";
  const change = { items: [{ id: item, price: large }], proration_behavior: "always_invoice" as const };
  const preview = await stripe.invoices.createPreview({ subscription: subscription.id, subscription_details: change });
  const updated = await stripe.subscriptions.update(subscription.id, { ...change, expand: ["latest_invoice"] });
  // Half a month: 4,500 less 1,500, and 20 % of it.
  expect(updated.latest_invoice).toMatchObject({ total: 3_600, total_taxes: [{ amount: 600 }] });
  expect([preview.total, preview.total_taxes?.[0]?.amount]).toEqual([3_600, 600]);

  const next = await stripe.invoices.createPreview({ subscription: subscription.id });
  await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: Date.parse("2026-05-01T02:00:00Z") / 1_000 });
  await house.settle();
  const [renewal] = (await stripe.invoices.list({ subscription: subscription.id, limit: 1 })).data;
  expect(renewal).toMatchObject({ status: "paid", total: 9_000 + 1_800 + 1_100, amount_paid: 11_900 });
  expect(next.total).toBe(renewal?.total);

  await stripe.subscriptions.update(subscription.id, { default_tax_rates: "" });
  expect((await stripe.invoices.createPreview({ subscription: subscription.id })).total).toBe(10_100);
});

test.each(["exempt", "reverse"] as const)("asks no tax of a customer that is %s", async (tax_exempt) => {
  const customer = await aCustomer({ tax_exempt });
  const subscription = await house.stripe.subscriptions.create({
    ...{ customer, default_tax_rates: [onTop], items: [{ price: await aPrice(3_000) }], expand: ["latest_invoice"] },
  });
  expect(subscription.latest_invoice).toMatchObject({ customer_tax_exempt: tax_exempt, total: 3_000 });
});

test("taxes usage after the credit that covers a part of it", async () => {
  const { stripe } = house;
  const customer = await aCustomer();
  const meter = await stripe.billing.meters.create({
    ...{ display_name: "Calls", event_name: "taxed_calls", default_aggregation: { formula: "sum" } },
  });
  const price = await stripe.prices.create({
    ...{ currency: "usd", unit_amount: 10, product_data: { name: "Calls" } },
    recurring: { interval: "month", usage_type: "metered", meter: meter.id },
  });
  await stripe.billing.creditGrants.create({
    ...{ customer, category: "promotional", applicability_config: { scope: { price_type: "metered" } } },
    amount: { type: "monetary", monetary: { currency: "usd", value: 400 } },
  });
  const { id } = await stripe.subscriptions.create({
    ...{ customer, items: [{ price: price.id }], default_tax_rates: [onTop] },
  });
  await stripe.billing.meterEvents.create({
    ...{ event_name: "taxed_calls", payload: { stripe_customer_id: customer, value: "100" } },
  });
  await house.advance(30 * 86_400 + 3_700);
  const [invoice] = (await stripe.invoices.list({ subscription: id })).data;
  expect(invoice).toMatchObject({
    ...{ subtotal: 1_000, total: 720, total_excluding_tax: 600, amount_paid: 720 },
    total_taxes: [{ amount: 120, taxable_amount: 600 }],
  });
});

async function complete(session: Stripe.Checkout.Session): Promise<void> {
  const answer = await fetch(`${house.url}/v1/_local/checkout/${session.id}/complete`, {
    method: "POST",
    headers: { authorization: `Bearer ${house.key}` },
    body: new URLSearchParams({ payment_method: "pm_card_visa", expected_amount: String(session.amount_total) }),
  });
  expect(answer.status).toBe(200);
}

test("shows the tax in Checkout and charges it, for a payment and for a subscription", async () => {
  const { stripe } = house;
  const payment = await stripe.checkout.sessions.create({
    ...{ mode: "payment", success_url: "http://localhost/done", expand: ["line_items"] },
    line_items: [
      {
        ...{ quantity: 2, tax_rates: [onTop] },
        price_data: { currency: "usd", unit_amount: 500, product_data: { name: "Pack" } },
      },
    ],
  });
  expect(payment).toMatchObject({ amount_subtotal: 1_000, amount_total: 1_200, total_details: { amount_tax: 200 } });
  expect(payment.line_items?.data[0]).toMatchObject({ amount_subtotal: 1_000, amount_tax: 200, amount_total: 1_200 });
  await complete(payment);
  const paid = await stripe.checkout.sessions.retrieve(payment.id, { expand: ["payment_intent"] });
  expect(paid.payment_intent).toMatchObject({ amount_received: 1_200 });

  const half = await stripe.coupons.create({ percent_off: 50, duration: "once" });
  const monthly = await stripe.checkout.sessions.create({
    ...{ mode: "subscription", success_url: "http://localhost/done", discounts: [{ coupon: half.id }] },
    line_items: [{ price: await aPrice(3_000), quantity: 1 }],
    subscription_data: { default_tax_rates: [onTop] },
  });
  expect(monthly).toMatchObject({ amount_total: 1_800, total_details: { amount_discount: 1_500, amount_tax: 300 } });
  await complete(monthly);
  const done = await stripe.checkout.sessions.retrieve(monthly.id, { expand: ["subscription.latest_invoice"] });
  expect(done.subscription).toMatchObject({ latest_invoice: { total: 1_800, amount_paid: 1_800 } });
});

test("does not pretend to know the tax tables of the world", async () => {
  const customer = await aCustomer();
  const items = [{ price: await aPrice(3_000) }];
  await expect(
    house.stripe.subscriptions.create({ customer, items, automatic_tax: { enabled: true } }),
  ).rejects.toMatchObject({ statusCode: 501, param: "automatic_tax" });
  expect(await house.stripe.subscriptions.create({ customer, items, automatic_tax: { enabled: false } })).toMatchObject(
    { status: "active" },
  );
});
