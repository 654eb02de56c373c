import type Stripe from "stripe";
import { afterEach, beforeEach, expect, test } from "vitest";
import { aLocalStripe, type TestHouse } from "../testing/house";
import { onlyHere } from "../testing/sandbox";

let house: TestHouse;
beforeEach(async () => {
  house = await aLocalStripe(new Date("2026-01-05T12:00:00Z"));
});
afterEach(() => house.stop());

const HOUR = 3_600;
const DAY = 86_400;

async function aPrice(
  unit_amount = 2_900,
  interval: Stripe.PriceCreateParams.Recurring.Interval = "month",
  name = "Pro",
): Promise<string> {
  return (
    await house.stripe.prices.create({ currency: "usd", unit_amount, recurring: { interval }, product_data: { name } })
  ).id;
}

async function aCustomer(card?: string): Promise<string> {
  const { id } = await house.stripe.customers.create({ name: "Ada" });
  if (card === undefined) return id;
  const method = await house.stripe.paymentMethods.attach(`pm_card_${card}`, { customer: id });
  await house.stripe.customers.update(id, { invoice_settings: { default_payment_method: method.id } });
  return id;
}

const until = async (text: string): Promise<void> => house.advance((Date.parse(text) - house.now.getTime()) / 1_000);
const statusOf = async (id: string): Promise<string> => (await house.stripe.subscriptions.retrieve(id)).status;
const invoicesOf = async (subscription: string) =>
  (await house.stripe.invoices.list({ subscription, limit: 100 })).data.reverse();
const itemOf = (subscription: Stripe.Subscription): string => subscription.items.data[0]?.id ?? "";

test("is active at once when the card on file pays", async () => {
  onlyHere("looks at all there is");
  const subscription = await house.stripe.subscriptions.create({
    customer: await aCustomer("visa"),
    items: [{ price: await aPrice() }],
    expand: ["latest_invoice.payments"],
  });
  expect(subscription).toMatchObject({
    ...{ status: "active", billing_mode: { type: "flexible" }, pending_setup_intent: null },
    latest_invoice: {
      status: "paid",
      amount_paid: 2_900,
      billing_reason: "subscription_create",
      payments: { data: [{ status: "paid" }] },
    },
  });
  expect(subscription.items.data[0]).toMatchObject({
    current_period_start: Date.parse("2026-01-05T12:00:00Z") / 1_000,
    current_period_end: Date.parse("2026-02-05T12:00:00Z") / 1_000,
  });
  const types = (await house.events()).slice(-8);
  expect(types).toEqual(
    [
      ...["charge.succeeded", "customer.updated", "customer.subscription.created", "payment_intent.succeeded"],
      ...[
        "payment_intent.created",
        "invoice.created",
        "invoice.finalized",
        "invoice.paid",
        "invoice.payment_succeeded",
        "invoice_payment.paid",
      ],
    ].slice(-8),
  );
});

test("waits incomplete for the browser, and its secret pays it", async () => {
  const { stripe } = house;
  const customer = await aCustomer();
  const subscription = await stripe.subscriptions.create({
    ...{
      customer,
      items: [{ price: await aPrice() }],
      payment_behavior: "default_incomplete",
      payment_settings: { save_default_payment_method: "on_subscription" },
    },
    expand: ["latest_invoice.confirmation_secret", "pending_setup_intent"],
  });
  expect(subscription).toMatchObject({
    status: "incomplete",
    latest_invoice: { status: "open", amount_due: 2_900, confirmation_secret: { type: "payment_intent" } },
  });
  const invoice = subscription.latest_invoice as Stripe.Invoice;
  const [intent = ""] = String(invoice.confirmation_secret?.client_secret).split("_secret_");
  await stripe.paymentIntents.confirm(intent, { payment_method: "pm_card_visa", return_url: "http://localhost/back" });
  const paid = await stripe.subscriptions.retrieve(subscription.id, { expand: ["default_payment_method"] });
  expect(paid).toMatchObject({ status: "active", default_payment_method: { card: { last4: "4242" } } });
  const payments = await stripe.invoicePayments.list({ payment: { type: "payment_intent", payment_intent: intent } });
  expect(payments.data[0]?.invoice).toBe(invoice.id);
});

test("never begins when nobody pays for 23 hours", async () => {
  const subscription = await house.stripe.subscriptions.create({
    customer: await aCustomer(),
    items: [{ price: await aPrice() }],
    payment_behavior: "default_incomplete",
  });
  await house.advance(23 * HOUR - 1);
  expect(await statusOf(subscription.id)).toBe("incomplete");
  await house.advance(2);
  expect(await statusOf(subscription.id)).toBe("incomplete_expired");
  expect((await invoicesOf(subscription.id))[0]).toMatchObject({ status: "void" });
});

test("makes nothing when all or nothing was asked for", async () => {
  onlyHere("looks at all there is");
  const { stripe } = house;
  const customer = await aCustomer("chargeCustomerFail");
  await expect(
    stripe.subscriptions.create({
      customer,
      items: [{ price: await aPrice() }],
      payment_behavior: "error_if_incomplete",
    }),
  ).rejects.toMatchObject({ statusCode: 402, code: "card_declined" });
  expect((await stripe.subscriptions.list({ status: "all" })).data).toEqual([]);
  expect((await stripe.invoices.list()).data).toEqual([]);
});

test("renews on the last day of each month when it began on the 31st", async () => {
  house.now = new Date("2026-01-31T10:00:00Z");
  const subscription = await house.stripe.subscriptions.create({
    customer: await aCustomer("visa"),
    items: [{ price: await aPrice() }],
  });
  await until("2026-05-01T00:00:00Z");
  const starts = (await invoicesOf(subscription.id)).map(({ lines }) =>
    new Date((lines.data[0]?.period.start ?? 0) * 1_000).toISOString(),
  );
  expect(starts.map((start) => start.slice(0, 16))).toEqual([
    "2026-01-31T10:00",
    "2026-02-28T10:00",
    "2026-03-31T10:00",
    "2026-04-30T10:00",
  ]);
});

test("drafts a renewal, finalises it after an hour, and is paid", async () => {
  const subscription = await house.stripe.subscriptions.create({
    customer: await aCustomer("visa"),
    items: [{ price: await aPrice() }],
  });
  await until("2026-02-05T12:00:00Z");
  expect((await invoicesOf(subscription.id))[1]).toMatchObject({
    status: "draft",
    billing_reason: "subscription_cycle",
    number: null,
  });
  await house.advance(HOUR);
  const renewal = (await invoicesOf(subscription.id))[1];
  expect(renewal).toMatchObject({
    status: "paid",
    amount_paid: 2_900,
    total: 2_900,
    period_end: Date.parse("2026-02-05T12:00:00Z") / 1_000,
  });
  expect(renewal?.number).toMatch(/-0002$/);
});

test("tries a failing card again, and gives up by cancelling", async () => {
  const { stripe } = house;
  const customer = await aCustomer("visa");
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price: await aPrice() }] });
  const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: bad.id } });
  await until("2026-02-05T13:00:00Z");
  expect(await statusOf(subscription.id)).toBe("past_due");
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ delinquent: true });
  const [, renewal] = await invoicesOf(subscription.id);
  expect(renewal).toMatchObject({
    status: "open",
    attempt_count: 1,
    next_payment_attempt: Date.parse("2026-02-08T13:00:00Z") / 1_000,
  });
  await house.advance(15 * DAY);
  expect(await statusOf(subscription.id)).toBe("canceled");
  const types = await house.events();
  expect(types.filter((type) => type === "invoice.payment_failed")).toHaveLength(4);
  expect(types.at(-1)).toBe("customer.subscription.deleted");
});

test("recovers when a retry finds a good card, and can end unpaid instead", async () => {
  const { stripe } = house;
  await house.control("POST", "dunning", { finally: "unpaid" });
  const customer = await aCustomer("visa");
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price: await aPrice() }] });
  const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
  await stripe.subscriptions.update(subscription.id, { default_payment_method: bad.id });
  await until("2026-02-06T12:00:00Z");
  expect(await statusOf(subscription.id)).toBe("past_due");
  const good = await stripe.paymentMethods.attach("pm_card_visa", { customer });
  await stripe.subscriptions.update(subscription.id, { default_payment_method: good.id });
  await until("2026-02-08T14:00:00Z");
  expect(await statusOf(subscription.id)).toBe("active");

  await stripe.subscriptions.update(subscription.id, { default_payment_method: bad.id });
  await until("2026-03-25T00:00:00Z");
  expect(await statusOf(subscription.id)).toBe("unpaid");
  const open = (await invoicesOf(subscription.id)).at(-1);
  await stripe.invoices.pay(String(open?.id), { payment_method: good.id });
  expect(await statusOf(subscription.id)).toBe("active");
});

test("asks the holder at a renewal that needs it", async () => {
  const { stripe } = house;
  const customer = await aCustomer("visa");
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price: await aPrice() }] });
  const asks = await stripe.paymentMethods.attach("pm_card_authenticationRequired", { customer });
  await stripe.subscriptions.update(subscription.id, { default_payment_method: asks.id });
  await until("2026-02-05T13:00:00Z");
  expect(await statusOf(subscription.id)).toBe("past_due");
  expect((await house.events()).slice(-7)).toContain("invoice.payment_action_required");
});

test("upgrades in the middle of a month at once, and the preview said so", async () => {
  const { stripe } = house;
  house.now = new Date("2026-04-01T00:00:00Z");
  const [small, large] = [await aPrice(2_900), await aPrice(9_900, "month", "Max")];
  const subscription = await stripe.subscriptions.create({
    customer: await aCustomer("visa"),
    items: [{ price: small }],
  });
  await until("2026-04-16T00:00:00Z");
  const items = [{ id: itemOf(subscription), price: large }];
  const preview = await stripe.invoices.createPreview({
    subscription: subscription.id,
    subscription_details: { items, proration_behavior: "always_invoice" },
  });
  expect(preview.id).toMatch(/^upcoming_in_/);
  const updated = await stripe.subscriptions.update(subscription.id, {
    items,
    proration_behavior: "always_invoice",
    expand: ["latest_invoice"],
  });
  const invoice = updated.latest_invoice as Stripe.Invoice;
  expect(invoice).toMatchObject({ status: "paid", billing_reason: "subscription_update", total: 3_500 });
  expect(preview.total).toBe(invoice.total);
  expect(invoice.lines.data.map(({ amount }) => amount)).toEqual([-1_450, 4_950]);
  expect(invoice.lines.data.map(({ description }) => description)).toEqual([
    "Unused time on Pro after 16 Apr 2026",
    "Remaining time on Max after 16 Apr 2026",
  ]);
  expect(updated.items.data).toHaveLength(1);
  await expect(stripe.invoices.retrieve(preview.id ?? "")).rejects.toMatchObject({ code: "resource_missing" });
  expect(await invoicesOf(subscription.id)).toHaveLength(2);
});

test.each([
  ["create_prorations", 9_900 + 3_500],
  ["none", 9_900],
] as const)("with %s bills %i at the next renewal", async (proration_behavior, total) => {
  const { stripe } = house;
  house.now = new Date("2026-04-01T00:00:00Z");
  const [small, large] = [await aPrice(2_900), await aPrice(9_900, "month", "Max")];
  const subscription = await stripe.subscriptions.create({
    customer: await aCustomer("visa"),
    items: [{ price: small }],
  });
  await until("2026-04-16T00:00:00Z");
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: itemOf(subscription), price: large }],
    proration_behavior,
  });
  const preview = await stripe.invoices.createPreview({ subscription: subscription.id });
  await until("2026-05-02T00:00:00Z");
  expect((await invoicesOf(subscription.id)).at(-1)).toMatchObject({ total, status: "paid" });
  expect(preview.total).toBe(total);
});

test("begins a new period when the rhythm changes, and credits the old one", async () => {
  const { stripe } = house;
  house.now = new Date("2026-04-01T00:00:00Z");
  const [month, year] = [await aPrice(3_000), await aPrice(30_000, "year")];
  const subscription = await stripe.subscriptions.create({
    customer: await aCustomer("visa"),
    items: [{ price: month }],
  });
  await until("2026-04-11T00:00:00Z");
  const updated = await stripe.subscriptions.update(subscription.id, {
    items: [{ id: itemOf(subscription), price: year }],
    expand: ["latest_invoice"],
  });
  expect(updated.latest_invoice).toMatchObject({ total: 28_000, status: "paid" });
  expect(updated.items.data[0]).toMatchObject({ current_period_end: Date.parse("2027-04-11T00:00:00Z") / 1_000 });
});

test("keeps a downgrade's credit for the next invoice", async () => {
  const { stripe } = house;
  house.now = new Date("2026-04-01T00:00:00Z");
  const [small, large] = [await aPrice(1_000), await aPrice(9_000, "month", "Max")];
  const customer = await aCustomer("visa");
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price: large }] });
  await until("2026-04-16T00:00:00Z");
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: itemOf(subscription), price: small }],
    proration_behavior: "always_invoice",
  });
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -4_000 });
  await until("2026-05-02T00:00:00Z");
  expect((await invoicesOf(subscription.id)).at(-1)).toMatchObject({
    total: 1_000,
    amount_due: 0,
    starting_balance: -4_000,
    ending_balance: -3_000,
    status: "paid",
  });
});

test("ends at the period's end, and can change its mind", async () => {
  const { stripe } = house;
  const subscription = await stripe.subscriptions.create({
    customer: await aCustomer("visa"),
    items: [{ price: await aPrice() }],
  });
  const ending = await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
  expect(ending).toMatchObject({
    cancel_at_period_end: true,
    cancel_at: subscription.items.data[0]?.current_period_end,
  });
  await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: false });
  await stripe.subscriptions.update(subscription.id, { cancel_at: "min_period_end" });
  await until("2026-02-05T12:00:01Z");
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
    status: "canceled",
    ended_at: Date.parse("2026-02-05T12:00:00Z") / 1_000,
  });
  expect(await invoicesOf(subscription.id)).toHaveLength(1);
  expect((await stripe.subscriptions.list()).data).toEqual([]);
  await expect(stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true })).rejects.toMatchObject({
    code: "invalid_canceled_subscription_fields",
  });
});

test("cancels now, with the credit if asked", async () => {
  const { stripe } = house;
  house.now = new Date("2026-04-01T00:00:00Z");
  const customer = await aCustomer("visa");
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price: await aPrice(3_000) }] });
  await until("2026-04-16T00:00:00Z");
  expect(await stripe.subscriptions.cancel(subscription.id, { prorate: true, invoice_now: true })).toMatchObject({
    status: "canceled",
  });
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -1_500 });
});

test("gives a trial, warns before its end, and then bills", async () => {
  const { stripe } = house;
  const subscription = await stripe.subscriptions.create({
    customer: await aCustomer("visa"),
    items: [{ price: await aPrice() }],
    trial_period_days: 14,
  });
  expect(subscription.status).toBe("trialing");
  await house.advance(14 * DAY);
  expect(await statusOf(subscription.id)).toBe("active");
  await house.advance(HOUR);
  expect((await invoicesOf(subscription.id)).map(({ total, status }) => [total, status])).toEqual([
    [0, "paid"],
    [2_900, "paid"],
  ]);
  expect(await house.events()).toContain("customer.subscription.trial_will_end");
});

test.each([
  ["cancel", "canceled"],
  ["pause", "paused"],
  ["create_invoice", "past_due"],
] as const)("ends a trial without a card by %s", async (missing_payment_method, status) => {
  const { stripe } = house;
  const subscription = await stripe.subscriptions.create({
    ...{
      customer: await aCustomer(),
      items: [{ price: await aPrice() }],
      trial_period_days: 7,
      trial_settings: { end_behavior: { missing_payment_method } },
    },
    expand: ["pending_setup_intent"],
  });
  expect(subscription.pending_setup_intent).toMatchObject({ status: "requires_payment_method" });
  await house.advance(7 * DAY + HOUR);
  expect(await statusOf(subscription.id)).toBe(status);
});

test("bills the part until a later anchor", async () => {
  house.now = new Date("2026-04-11T00:00:00Z");
  const subscription = await house.stripe.subscriptions.create({
    ...{
      customer: await aCustomer("visa"),
      items: [{ price: await aPrice(3_100) }],
      billing_cycle_anchor: Date.parse("2026-05-01T00:00:00Z") / 1_000,
    },
    expand: ["latest_invoice"],
  });
  // The period from 1 April to 1 May has 30 days, of which 20 are left.
  expect(subscription.latest_invoice).toMatchObject({ total: 2_067 });
  await until("2026-05-01T02:00:00Z");
  expect((await invoicesOf(subscription.id)).at(-1)).toMatchObject({ total: 3_100 });
});

test("takes discounts off, and nothing needs paying at 100 percent", async () => {
  const { stripe } = house;
  const half = await stripe.coupons.create({ percent_off: 50, duration: "once" });
  const all = await stripe.coupons.create({ percent_off: 100, duration: "forever" });
  const price = await aPrice();
  const paid = await stripe.subscriptions.create({
    customer: await aCustomer("visa"),
    items: [{ price }],
    discounts: [{ coupon: half.id }],
    expand: ["latest_invoice"],
  });
  expect(paid.latest_invoice).toMatchObject({ subtotal: 2_900, total: 1_450 });
  const free = await stripe.subscriptions.create({
    customer: await aCustomer(),
    items: [{ price }],
    discounts: [{ coupon: all.id }],
    expand: ["latest_invoice.confirmation_secret"],
  });
  expect(free).toMatchObject({
    status: "active",
    latest_invoice: { status: "paid", total: 0, confirmation_secret: null },
  });
});

test("pauses and goes on", async () => {
  const { stripe } = house;
  const subscription = await stripe.subscriptions.create({
    customer: await aCustomer("visa"),
    items: [{ price: await aPrice() }],
  });
  expect(await stripe.subscriptions.pause(subscription.id, {} as never)).toMatchObject({ status: "paused" });
  await until("2026-03-10T00:00:00Z");
  expect(await invoicesOf(subscription.id)).toHaveLength(1);
  expect(await stripe.subscriptions.resume(subscription.id, { billing_cycle_anchor: { type: "now" } })).toMatchObject({
    status: "active",
  });
  expect(await invoicesOf(subscription.id)).toHaveLength(2);
});

test("lives the same life in one jump, day by day, and hour by hour", async () => {
  const lived = await Promise.all([400 * DAY, DAY, 7 * HOUR].map(async (step) => live(step)));
  expect(lived[0]).toEqual(lived[1]);
  expect(lived[1]?.slice(0, 3)).toEqual([
    [0, "paid", "2026-01-31"],
    [2_900, "paid", "2026-02-14"],
    [2_900, "paid", "2026-03-14"],
  ]);
  expect(lived[2]).toEqual(lived[0]);
});

/** A trial, then months of renewals with a card that stops working, told by its invoices. */
async function live(step: number): Promise<[number, string | null, string][]> {
  const own = await aLocalStripe(new Date("2026-01-31T10:00:00Z"));
  const { stripe } = own;
  const customer = await stripe.customers.create();
  const card = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: card.id } });
  const price = await stripe.prices.create({
    currency: "usd",
    unit_amount: 2_900,
    recurring: { interval: "month" },
    product_data: { name: "Pro" },
  });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    trial_period_days: 14,
  });
  const end = own.now.getTime() + 200 * DAY * 1_000;
  while (own.now.getTime() < end) await own.advance(Math.min(step, (end - own.now.getTime()) / 1_000));
  const invoices = (await stripe.invoices.list({ subscription: subscription.id, limit: 100 })).data.reverse();
  await own.stop();
  return invoices.map(({ total, status, created }) => [
    total,
    status,
    new Date(created * 1_000).toISOString().slice(0, 10),
  ]);
}
