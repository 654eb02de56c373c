import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { aLocalStripe, type TestHouse } from "../testing/house";
import { onlyHere } from "../testing/sandbox";

let house: TestHouse;
beforeAll(async () => {
  house = await aLocalStripe();
});
afterAll(() => house.stop());
beforeEach(() => onlyHere("fills in the local pages"));

const card = { number: "4242 4242 4242 4242", expiry: "12/34", cvc: "123" };
const get = (url: string | null | undefined) => fetch(String(url), { redirect: "manual" });
const post = (url: string | null | undefined, form: Record<string, string>) =>
  fetch(String(url), { method: "POST", body: new URLSearchParams(form), redirect: "manual" });

test("sells on its own page, says why not, and goes on to the shop", async () => {
  const { stripe } = house;
  const session = await stripe.checkout.sessions.create({
    mode: "payment",
    line_items: [
      { price_data: { currency: "usd", unit_amount: 999, product_data: { name: "<b>Credits</b>" } }, quantity: 1 },
    ],
    success_url: "http://localhost/ok?s={CHECKOUT_SESSION_ID}",
  });
  const shown = await (await get(session.url)).text();
  expect(shown).toContain("$9.99");
  expect(shown).toContain("&lt;b&gt;Credits");
  expect(shown).toContain("No money moves");
  expect(
    await (await post(session.url, { ...card, number: "4000000000000002", email: "a@example.com" })).text(),
  ).toContain("Your card was declined.");
  const asked = await post(session.url, { ...card, number: "4000002760003184", email: "a@example.com" });
  const question = asked.headers.get("location");
  expect(question).toContain("/_local/3ds/");
  expect((await post(question, { outcome: "succeeded" })).status).toBe(303);
  expect((await get(session.url)).headers.get("location")).toBe(`http://localhost/ok?s=${session.id}`);
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ payment_status: "paid" });
});

test("takes the bank's customer back to the shop", async () => {
  const intent = await house.stripe.paymentIntents.create({
    amount: 500,
    currency: "usd",
    confirm: true,
    payment_method: "pm_card_threeDSecure2Required",
    return_url: "http://localhost/back",
  });
  const url = intent.next_action?.redirect_to_url?.url;
  expect(await (await get(url)).text()).toContain("Complete");
  const gone = await post(url, { outcome: "failed" });
  expect(gone.headers.get("location")).toContain("redirect_status=failed");
  expect((await get(url)).status).toBe(404);
});

test("shows an invoice, its PDF, and takes the money", async () => {
  const { stripe } = house;
  const { id: customer } = await stripe.customers.create({ name: "Ada" });
  await stripe.invoiceItems.create({ customer, amount: 1_500, currency: "usd", description: "Work" });
  const draft = await stripe.invoices.create({ customer, pending_invoice_items_behavior: "include" });
  const open = await stripe.invoices.finalizeInvoice(draft.id ?? "");
  const file = Buffer.from(await (await get(open.invoice_pdf)).arrayBuffer()).toString("latin1");
  expect(file.startsWith("%PDF-1.4")).toBe(true);
  expect(file).toContain("Work");
  expect(await (await post(open.hosted_invoice_url, card)).text()).toContain(">Paid<");
  expect(await stripe.invoices.retrieve(draft.id ?? "")).toMatchObject({ status: "paid" });
});

test("lets a reader in once, and sends a used link back", async () => {
  const { stripe } = house;
  const { id: account } = await stripe.accounts.create({
    type: "express",
    capabilities: { transfers: { requested: true } },
  });
  const link = await stripe.accountLinks.create({
    account,
    type: "account_onboarding",
    return_url: "http://localhost/in",
    refresh_url: "http://localhost/again",
  });
  expect((await post(link.url, { done: "yes", bank: "000123456789" })).headers.get("location")).toBe(
    "http://localhost/in",
  );
  expect((await get(link.url)).headers.get("location")).toBe("http://localhost/again");
  expect(await stripe.accounts.retrieve(account)).toMatchObject({
    details_submitted: true,
    capabilities: { transfers: "active" },
  });
});

test("lets a customer change the card and end the subscription, in the portal's own way", async () => {
  const { stripe } = house;
  const { id: customer } = await stripe.customers.create();
  const method = await stripe.paymentMethods.attach("pm_card_visa", { customer });
  const { id: price } = await stripe.prices.create({
    currency: "usd",
    unit_amount: 900,
    recurring: { interval: "month" },
    product_data: { name: "Pro" },
  });
  const subscription = await stripe.subscriptions.create({
    customer,
    items: [{ price }],
    default_payment_method: method.id,
  });
  await stripe.billingPortal.configurations.create({
    features: {
      payment_method_update: { enabled: true },
      subscription_cancel: { enabled: true },
      invoice_history: { enabled: true },
    },
  });
  const { url } = await stripe.billingPortal.sessions.create({ customer, return_url: "http://localhost/billing" });
  expect(await (await post(url, { do: "cancel", subscription: subscription.id })).text()).toContain("ends");
  const ending = await stripe.subscriptions.retrieve(subscription.id);
  expect(ending).toMatchObject({ cancel_at_period_end: false, cancel_at: ending.items.data[0]?.current_period_end });
  await post(url, { do: "keep", subscription: subscription.id });
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ cancel_at: null });
  await post(url, { do: "card", ...card, number: "5555555555554444" });
  expect(
    await stripe.customers.retrieve(customer, { expand: ["invoice_settings.default_payment_method"] }),
  ).toMatchObject({ invoice_settings: { default_payment_method: { card: { brand: "mastercard" } } } });
});

test("ends a subscription at once where the shop wants it so, and lets nobody into another's", async () => {
  const { stripe } = house.fresh();
  const price = { currency: "usd", unit_amount: 900, recurring: { interval: "month" as const } };
  const { id: priceId } = await stripe.prices.create({ ...price, product_data: { name: "Pro" } });
  const aSubscriber = async () => {
    const { id: customer } = await stripe.customers.create();
    const { id: default_payment_method } = await stripe.paymentMethods.attach("pm_card_visa", { customer });
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: priceId }], default_payment_method });
    return { customer, id };
  };
  const [mine, theirs] = [await aSubscriber(), await aSubscriber()];
  await stripe.billingPortal.configurations.create({
    features: { subscription_cancel: { enabled: true, mode: "immediately" } },
  });
  const { url } = await stripe.billingPortal.sessions.create({ customer: mine.customer });
  await post(url, { do: "cancel", subscription: theirs.id });
  await post(url, { do: "plan", subscription: mine.id, price: priceId });
  await post(url, { do: "card", ...card });
  expect(await stripe.subscriptions.retrieve(theirs.id)).toMatchObject({ status: "active" });
  expect((await stripe.customers.listPaymentMethods(mine.customer)).data).toHaveLength(1);
  await post(url, { do: "cancel", subscription: mine.id });
  expect(await stripe.subscriptions.retrieve(mine.id)).toMatchObject({ status: "canceled" });
});

test("shows an account's objects and deliveries, opens a dispute and ends it", async () => {
  const { stripe, url, key } = house;
  const intent = await stripe.paymentIntents.create({
    amount: 500,
    currency: "usd",
    confirm: true,
    payment_method: "pm_card_visa",
    return_url: "http://localhost/back",
  });
  const desk = `${url}/_local?key=${key}`;
  expect(await (await get(desk)).text()).toContain(intent.id);
  expect((await post(desk, { do: "dispute", id: String(intent.latest_charge) })).status).toBe(200);
  const disputes = async () => (await stripe.disputes.list({ payment_intent: intent.id })).data;
  const [opened] = await disputes();
  expect(await (await get(`${desk}&kind=dispute`)).text()).toContain(">Won</button>");
  expect((await post(desk, { do: "won", id: String(opened?.id) })).status).toBe(200);
  expect((await disputes()).map(({ status }) => status)).toEqual(["won"]);
  expect(await (await get(`${desk}&kind=dispute`)).text()).not.toContain(">Won</button>");
  const foreign = await fetch(desk, { method: "POST", headers: { origin: "http://evil.example" }, body: "do=replay" });
  expect(foreign.status).toBe(403);
});
