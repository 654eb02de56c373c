import { afterAll, beforeAll, expect, test } from "vitest";
import { aLocalStripe, type TestHouse } from "../testing/house";

let house: TestHouse;
beforeAll(async () => {
  house = await aLocalStripe();
});
afterAll(() => house.stop());

test("opens a session for the components that were asked for, and no others", async () => {
  const { stripe } = house;
  const { id: customer } = await stripe.customers.create();
  const features = { payment_method_save: "enabled" as const, payment_method_save_usage: "off_session" as const };
  const session = await stripe.customerSessions.create({
    ...{ customer, components: { payment_element: { enabled: true, features } } },
  });
  expect(session).toMatchObject({
    ...{ customer, expires_at: session.created + 30 * 60 },
    components: {
      payment_element: { enabled: true, features: { ...features, payment_method_redisplay: "disabled" } },
      ...{ pricing_table: { enabled: false }, customer_sheet: { enabled: false, features: null } },
    },
  });
  expect(session.client_secret).toMatch(/^cuss_secret_/);
  const whole = await stripe.customerSessions.create({
    ...{ customer, components: { customer_sheet: { enabled: true }, mobile_payment_element: { enabled: true } } },
  });
  expect(whole.components?.customer_sheet.features).toMatchObject({ payment_method_remove: null });
  const components = { pricing_table: { enabled: true } };
  await expect(stripe.customerSessions.create({ customer: "cus_none", components })).rejects.toMatchObject({
    ...{ code: "resource_missing", param: "customer" },
  });
});

test("shows a customer's subscriptions and balance to whoever asks", async () => {
  const { stripe } = house;
  const customer = await stripe.customers.create({ source: "tok_visa" });
  await stripe.customers.createBalanceTransaction(customer.id, { amount: -500, currency: "usd" });
  const { id: price } = await stripe.prices.create({
    ...{ currency: "usd", unit_amount: 900, recurring: { interval: "month" }, product_data: { name: "Pro" } },
  });
  const [kept, gone] = [
    await stripe.subscriptions.create({ customer: customer.id, items: [{ price }] }),
    await stripe.subscriptions.create({ customer: customer.id, items: [{ price }] }),
  ];
  await stripe.subscriptions.cancel(gone.id);
  const plain = await stripe.customers.retrieve(customer.id);
  expect(plain).not.toHaveProperty("subscriptions");
  const whole = await stripe.customers.retrieve(customer.id, {
    expand: ["subscriptions", "sources", "tax_ids", "tax", "invoice_credit_balance", "cash_balance"],
  });
  expect(whole).toMatchObject({
    subscriptions: { data: [{ id: kept.id }] },
    sources: { data: [] },
    tax_ids: { data: [] },
  });
  expect(whole).toMatchObject({ cash_balance: null, invoice_credit_balance: { usd: 0 } });
});

test("does not pay with a method that was taken away", async () => {
  const { stripe } = house;
  const { id: customer } = await stripe.customers.create();
  const card = await stripe.paymentMethods.attach("pm_card_visa", { customer });
  const { id: price } = await stripe.prices.create({
    ...{ currency: "usd", unit_amount: 900, recurring: { interval: "month" }, product_data: { name: "Pro" } },
  });
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price }], default_payment_method: card.id });
  await stripe.paymentMethods.detach(card.id);
  await house.advance(31 * 86_400 + 3_600);
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: "past_due" });
});
