import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { customerWith, recurringPrice } from "../testing/customers";
import { aLocalStripe, type TestHouse } from "../testing/house";

let house: TestHouse;
beforeAll(async () => {
  house = await aLocalStripe();
});
afterAll(() => house.stop());

const pages = { success_url: "http://localhost/ok?s={CHECKOUT_SESSION_ID}", cancel_url: "http://localhost/no" };
const pack = (unit_amount = 999): Stripe.Checkout.SessionCreateParams.LineItem => ({
  price_data: { currency: "usd", unit_amount, product_data: { name: "Credits" } },
  quantity: 1,
});

async function complete(
  session: Stripe.Checkout.Session,
  payment_method: string,
): Promise<{
  status: number;
  body: { error?: { code: string }; next_action?: { intent: string; client_secret: string } };
}> {
  const response = await fetch(`${house.url}/v1/_local/checkout/${session.id}/complete`, {
    method: "POST",
    headers: { authorization: `Bearer ${house.key.replace("sk_", "pk_")}` },
    body: new URLSearchParams({
      ...(payment_method && { payment_method }),
      email: "ada@example.com",
      expected_amount: String(session.amount_total ?? ""),
      ...(session.client_secret && { client_secret: session.client_secret }),
    }),
  });
  return { status: response.status, body: await response.json() };
}

test("sells something once", async () => {
  const { stripe } = house;
  const session = await stripe.checkout.sessions.create({
    mode: "payment",
    line_items: [pack()],
    ...pages,
    metadata: { order: "1" },
    payment_intent_data: { metadata: { order: "1" } },
    expand: ["line_items"],
  });
  expect(session).toMatchObject({
    status: "open",
    payment_status: "unpaid",
    amount_total: 999,
    payment_intent: null,
    client_secret: null,
    line_items: { data: [{ amount_total: 999, quantity: 1 }] },
  });
  expect(session.url).toContain(house.url);
  expect((await complete(session, "pm_card_visa_chargeDeclined")).body.error?.code).toBe("card_declined");
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: "open" });
  expect((await complete(session, "pm_card_visa")).status).toBe(200);
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] });
  expect(done).toMatchObject({
    status: "complete",
    payment_status: "paid",
    customer_details: { email: "ada@example.com" },
    payment_intent: { status: "succeeded", metadata: { order: "1" } },
  });
  expect((await complete(session, "pm_card_visa")).status).toBe(400);
});

test("starts a subscription that is active when it is born", async () => {
  const { stripe } = house;
  const price = await stripe.prices.create({
    currency: "usd",
    unit_amount: 2_900,
    recurring: { interval: "month" },
    product_data: { name: "Pro" },
  });
  const customer = await stripe.customers.create();
  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    customer: customer.id,
    line_items: [{ price: price.id, quantity: 1 }],
    ...pages,
    subscription_data: { metadata: { plan: "pro" } },
  });
  expect(session.subscription).toBeNull();
  expect((await complete(session, "pm_card_chargeCustomerFail")).body.error?.code).toBe("card_declined");
  expect((await stripe.subscriptions.list({ customer: customer.id, status: "all" })).data).toEqual([]);
  expect((await complete(session, "pm_card_visa")).status).toBe(200);
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ["subscription.latest_invoice"] });
  expect(done).toMatchObject({
    status: "complete",
    payment_status: "paid",
    subscription: {
      status: "active",
      metadata: { plan: "pro" },
      latest_invoice: { status: "paid", amount_paid: 2_900 },
    },
  });
  const events = await stripe.events.list({ limit: 100, type: "customer.subscription.created" });
  expect(events.data[0]?.data.object).toMatchObject({ status: "active" });
});

test("asks the holder first when the bank wants it", async () => {
  const { stripe } = house;
  const price = await stripe.prices.create({
    currency: "usd",
    unit_amount: 2_900,
    recurring: { interval: "month" },
    product_data: { name: "Pro" },
  });
  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    line_items: [{ price: price.id, quantity: 1 }],
    ...pages,
  });
  const { next_action } = (await complete(session, "pm_card_authenticationRequired")).body;
  const response = await fetch(`${house.url}/v1/_local/3ds_setup/${next_action?.intent}`, {
    method: "POST",
    headers: { authorization: `Bearer ${house.key}` },
    body: new URLSearchParams({ client_secret: next_action?.client_secret ?? "", outcome: "succeeded" }),
  });
  expect(response.status).toBe(200);
  expect(await stripe.checkout.sessions.retrieve(session.id, { expand: ["subscription"] })).toMatchObject({
    status: "complete",
    subscription: { status: "active" },
  });
});

test("needs no card for a trial if none is required", async () => {
  const { stripe } = house;
  const price = await stripe.prices.create({
    currency: "usd",
    unit_amount: 2_900,
    recurring: { interval: "month" },
    product_data: { name: "Pro" },
  });
  const trial: Stripe.Checkout.SessionCreateParams = {
    mode: "subscription",
    line_items: [{ price: price.id, quantity: 1 }],
    subscription_data: { trial_period_days: 7 },
    ...pages,
  };
  const strict = await stripe.checkout.sessions.create(trial);
  expect((await complete(strict, "")).status).toBe(400);
  const session = await stripe.checkout.sessions.create({ ...trial, payment_method_collection: "if_required" });
  expect((await complete(session, "")).status).toBe(200);
  expect(await stripe.checkout.sessions.retrieve(session.id, { expand: ["subscription"] })).toMatchObject({
    payment_status: "no_payment_required",
    subscription: { status: "trialing" },
  });
});

test("sets up a card", async () => {
  const { stripe } = house;
  const { id: customer } = await stripe.customers.create();
  const session = await stripe.checkout.sessions.create({
    mode: "setup",
    currency: "usd",
    customer,
    ui_mode: "embedded_page",
    return_url: "http://localhost/back",
  });
  expect(session).toMatchObject({ url: null, amount_total: null });
  expect(session.client_secret).toBeTruthy();
  expect((await complete(session, "pm_card_visa")).status).toBe(200);
  expect((await stripe.customers.listPaymentMethods(customer)).data).toHaveLength(1);
});

test("waits for a bank debit", async () => {
  const { stripe } = house;
  const session = await stripe.checkout.sessions.create({ mode: "payment", line_items: [pack()], ...pages });
  await complete(session, "pm_usBankAccount_insufficientFunds");
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
    status: "complete",
    payment_status: "unpaid",
  });
  await house.advance(5 * 86_400);
  const events = await stripe.events.list({ type: "checkout.session.async_payment_failed" });
  expect(events.data[0]?.data.object).toMatchObject({ id: session.id });
});

test("expires, on request and by itself", async () => {
  const { stripe } = house;
  const [asked, left] = [
    await stripe.checkout.sessions.create({ mode: "payment", line_items: [pack()], ...pages }),
    await stripe.checkout.sessions.create({ mode: "payment", line_items: [pack()], ...pages }),
  ];
  expect(await stripe.checkout.sessions.expire(asked.id)).toMatchObject({ status: "expired", url: null });
  await house.advance(86_400);
  expect(await stripe.checkout.sessions.retrieve(left.id)).toMatchObject({ status: "expired" });
  await expect(stripe.checkout.sessions.expire(left.id)).rejects.toMatchObject({ statusCode: 400 });
});

test("takes a coupon off", async () => {
  const { stripe } = house;
  const coupon = await stripe.coupons.create({ percent_off: 20, duration: "once" });
  const session = await stripe.checkout.sessions.create({
    mode: "payment",
    line_items: [pack(1_000)],
    discounts: [{ coupon: coupon.id }],
    ...pages,
  });
  expect(session).toMatchObject({ amount_subtotal: 1_000, amount_total: 800, total_details: { amount_discount: 200 } });
});

test("has no portal before it is configured", async () => {
  const stripe = house.another();
  const { id: customer } = await stripe.customers.create();
  await expect(stripe.billingPortal.sessions.create({ customer })).rejects.toMatchObject({ statusCode: 400 });
  const configuration = await stripe.billingPortal.configurations.create({
    features: { invoice_history: { enabled: true }, subscription_cancel: { enabled: true } },
  });
  expect(configuration).toMatchObject({
    is_default: true,
    features: { subscription_cancel: { enabled: true, mode: "at_period_end" } },
  });
  expect(
    await stripe.billingPortal.sessions.create({ customer, return_url: "http://localhost/billing" }),
  ).toMatchObject({ configuration: configuration.id });
});

test("invoices a purchase that was to have an invoice, and counts its coupon", async () => {
  const { stripe } = house;
  const coupon = await stripe.coupons.create({ percent_off: 20, duration: "once" });
  const session = await stripe.checkout.sessions.create({
    ...{ mode: "payment", line_items: [pack(1_000)], discounts: [{ coupon: coupon.id }], ...pages },
    invoice_creation: { enabled: true, invoice_data: { description: "Credits", metadata: { order: "7" } } },
  });
  expect(session).toMatchObject({ customer_creation: "always", invoice_creation: { enabled: true } });
  await complete(session, "pm_card_visa");
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ["invoice.payments"] });
  expect(done.invoice).toMatchObject({
    ...{ status: "paid", total: 800, amount_paid: 800, billing_reason: "manual", metadata: { order: "7" } },
    payments: { data: [{ status: "paid", amount_paid: 800, payment: { payment_intent: done.payment_intent } }] },
  });
  expect((await stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(1);
  expect((await stripe.paymentIntents.list({ customer: String(done.customer) })).data).toHaveLength(1);
});

test("shows the wishes it keeps, and refuses those it does not", async () => {
  const { stripe } = house;
  const wishes = {
    ...{ locale: "de" as const, consent_collection: { terms_of_service: "required" as const } },
    saved_payment_method_options: { payment_method_save: "enabled" as const },
  };
  const make = (more: Partial<Stripe.Checkout.SessionCreateParams>) =>
    stripe.checkout.sessions.create({ mode: "payment", line_items: [pack()], ...pages, ...more });
  expect(await make(wishes)).toMatchObject(wishes);
  for (const more of [{ phone_number_collection: { enabled: true } }, { tax_id_collection: { enabled: true } }])
    await expect(make(more)).rejects.toMatchObject({ statusCode: 501 });
});

test("opens the portal for one thing, if it is the customer's", async () => {
  const stripe = house.another();
  await stripe.billingPortal.configurations.create({ features: { subscription_cancel: { enabled: true } } });
  const [ada, bob] = [await customerWith(stripe, "visa"), await customerWith(stripe, "visa")];
  const price = await recurringPrice(stripe, 900);
  const { id: subscription } = await stripe.subscriptions.create({ customer: ada, items: [{ price }] });
  const open = (customer: string) =>
    stripe.billingPortal.sessions.create({
      ...{ customer, return_url: "http://localhost/billing" },
      flow_data: { type: "subscription_cancel", subscription_cancel: { subscription } },
    });
  expect(await open(ada)).toMatchObject({
    flow: {
      type: "subscription_cancel",
      subscription_cancel: { subscription },
      after_completion: { type: "portal_homepage" },
    },
  });
  await expect(open(bob)).rejects.toMatchObject({ code: "resource_missing" });
  await expect(
    stripe.billingPortal.sessions.create({ customer: ada, flow_data: { type: "subscription_update" } }),
  ).rejects.toMatchObject({ code: "parameter_missing" });
});

test("keeps all that a portal was configured with", async () => {
  const stripe = house.another();
  const features = {
    subscription_cancel: {
      ...{ enabled: true, mode: "immediately" as const, proration_behavior: "create_prorations" as const },
      cancellation_reason: { enabled: true, options: ["unused" as const, "other" as const] },
    },
    subscription_pause: { enabled: true, duration: { type: "indefinite" as const } },
    subscription_update: {
      ...{ enabled: true, default_allowed_updates: ["price" as const], proration_behavior: "none" as const },
      schedule_at_period_end: { conditions: [{ type: "decreasing_item_amount" as const }] },
    },
  };
  const made = await stripe.billingPortal.configurations.create({ features });
  expect(made.features).toMatchObject(features);
  const later = await stripe.billingPortal.configurations.update(made.id, {
    features: { subscription_update: { enabled: false } },
  });
  expect(later.features.subscription_update).toMatchObject({ ...features.subscription_update, enabled: false });
});
