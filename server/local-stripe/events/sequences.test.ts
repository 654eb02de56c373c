import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { customerWith, defaultCard, itemOf, recurringPrice } from "../testing/customers";
import { aLocalStripe, type TestHouse } from "../testing/house";

const HOUR = 3_600;
const DAY = 86_400;

let house: TestHouse;
beforeAll(async () => {
  house = await aLocalStripe(new Date("2026-04-01T00:00:00Z"));
});
afterAll(() => house.stop());

type World = { stripe: Stripe; key: string; customer: string; price: string };
/** Does what comes before, and hands back the work whose events are looked at. */
type Scene = (world: World) => Promise<() => Promise<unknown>>;

const wait = (seconds: number) => (): Promise<unknown> => house.advance(seconds);
/** The hours around the end of a subscription's period. */
async function toTheEnd({ current_period_end = 0 }: Partial<Stripe.SubscriptionItem> = {}): Promise<void> {
  await house.advance(current_period_end - HOUR - house.now.getTime() / 1_000);
}
const back = { return_url: "http://localhost/back" };
const subscribe = ({ stripe, customer, price }: World, more: Partial<Stripe.SubscriptionCreateParams> = {}) =>
  stripe.subscriptions.create({ customer, items: [{ price }], ...more });
const pay = (
  { stripe, customer }: World,
  payment_method: string,
  more: Partial<Stripe.PaymentIntentCreateParams> = {},
) =>
  stripe.paymentIntents.create({
    ...{ amount: 2_000, currency: "usd", customer, payment_method, confirm: true, ...back, ...more },
  });
const complete = ({ key }: World, session: Stripe.Checkout.Session, payment_method = "pm_card_visa") =>
  fetch(`${house.url}/v1/_local/checkout/${session.id}/complete`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}` },
    body: new URLSearchParams({ payment_method, expected_amount: String(session.amount_total) }),
  });

const FINALIZED = ["invoice.updated", "invoice.finalized", "payment_intent.created"];
const PAID = ["invoice.paid", "invoice.payment_succeeded"];
const SCENES: [what: string, scene: Scene, events: string[]][] = [
  [
    "a customer",
    async ({ stripe }) =>
      () =>
        stripe.customers.create(),
    ["customer.created"],
  ],
  [
    "a product with a price",
    async ({ stripe }) =>
      () =>
        recurringPrice(stripe, 900),
    ["product.created", "plan.created", "price.created"],
  ],
  [
    "a subscription with a card on file",
    async (world) => () => subscribe(world),
    [
      ...["charge.succeeded", "customer.updated", "customer.subscription.created", "payment_intent.succeeded"],
      ...["payment_intent.created", "invoice.created", "invoice.finalized", ...PAID, "invoice_payment.paid"],
    ],
  ],
  [
    "a subscription that waits for the browser",
    async (world) => () => subscribe(world, { payment_behavior: "default_incomplete" }),
    [
      ...["customer.updated", "customer.subscription.created", "invoice.created", "invoice.finalized"],
      "payment_intent.created",
    ],
  ],
  [
    "nobody pays for 23 hours",
    async (world) => {
      await subscribe(world, { payment_behavior: "default_incomplete" });
      return wait(23 * HOUR);
    },
    ["invoice.voided", "payment_intent.canceled", "customer.subscription.updated"],
  ],
  [
    "a trial, its warning and its end",
    async (world) => {
      await subscribe(world, { trial_period_days: 7 });
      return wait(7 * DAY + HOUR);
    },
    [
      ...[
        "customer.subscription.trial_will_end",
        "invoice.upcoming",
        "customer.subscription.updated",
        "invoice.created",
      ],
      ...["customer.subscription.updated", "customer.updated", ...FINALIZED, "charge.succeeded"],
      ...["payment_intent.succeeded", ...PAID, "invoice_payment.paid"],
    ],
  ],
  [
    "a renewal",
    async (world) => {
      const { items } = await subscribe(world);
      await toTheEnd(items.data[0]);
      return wait(2 * HOUR);
    },
    [
      ...["invoice.created", "customer.subscription.updated", "customer.updated", ...FINALIZED],
      ...["charge.succeeded", "payment_intent.succeeded", ...PAID, "invoice_payment.paid"],
    ],
  ],
  [
    "a renewal that is declined",
    async (world) => {
      const { items } = await subscribe(world);
      await defaultCard(world.stripe, world.customer, "chargeCustomerFail");
      await toTheEnd(items.data[0]);
      return wait(2 * HOUR);
    },
    [
      ...["invoice.created", "customer.subscription.updated", "customer.updated", ...FINALIZED],
      ...["charge.failed", "payment_intent.payment_failed", "invoice.payment_failed"],
      ...["customer.updated", "customer.subscription.updated"],
    ],
  ],
  [
    "a renewal that needs its holder",
    async (world) => {
      const { items } = await subscribe(world);
      await defaultCard(world.stripe, world.customer, "authenticationRequired");
      await toTheEnd(items.data[0]);
      return wait(2 * HOUR);
    },
    [
      ...["invoice.created", "customer.subscription.updated", "customer.updated", ...FINALIZED],
      ...["payment_intent.requires_action", "invoice.payment_action_required"],
      ...["invoice.payment_failed", "customer.updated", "customer.subscription.updated"],
    ],
  ],
  [
    "a late payment",
    async (world) => {
      const { id, items } = await subscribe(world);
      await defaultCard(world.stripe, world.customer, "chargeCustomerFail");
      await toTheEnd(items.data[0]);
      await house.advance(2 * HOUR);
      const card = await defaultCard(world.stripe, world.customer, "visa");
      const { latest_invoice } = await world.stripe.subscriptions.retrieve(id);
      return () => world.stripe.invoices.pay(String(latest_invoice), { payment_method: card });
    },
    [
      ...["charge.succeeded", "payment_intent.succeeded", "invoice.updated", ...PAID, "customer.updated"],
      ...["customer.subscription.updated", "invoice_payment.paid"],
    ],
  ],
  [
    "the last try",
    async (world) => {
      const { items } = await subscribe(world);
      await defaultCard(world.stripe, world.customer, "chargeCustomerFail");
      await toTheEnd(items.data[0]);
      await house.advance(2 * HOUR + 8 * DAY);
      return wait(7 * DAY);
    },
    [...["charge.failed", "payment_intent.payment_failed", "invoice.payment_failed"], "customer.subscription.deleted"],
  ],
  [
    "an upgrade that is billed at once",
    async (world) => {
      const subscription = await subscribe(world);
      const large = await recurringPrice(world.stripe, 9_000);
      await house.advance(10 * DAY);
      const items = [{ id: itemOf(subscription), price: large }];
      return () => world.stripe.subscriptions.update(subscription.id, { items, proration_behavior: "always_invoice" });
    },
    [
      ...["invoiceitem.created", "invoiceitem.created", "invoice.created", "customer.updated", "invoice.finalized"],
      ...["payment_intent.created", "charge.succeeded", "payment_intent.succeeded", ...PAID],
      ...["customer.subscription.updated", "invoice_payment.paid"],
    ],
  ],
  [
    "an upgrade that is billed later",
    async (world) => {
      const subscription = await subscribe(world);
      const large = await recurringPrice(world.stripe, 9_000);
      const items = [{ id: itemOf(subscription), price: large }];
      return () => world.stripe.subscriptions.update(subscription.id, { items });
    },
    ["invoiceitem.created", "invoiceitem.created", "customer.subscription.updated"],
  ],
  [
    "an end that is asked for, and reached",
    async (world) => {
      const { id } = await subscribe(world);
      return async () => {
        await world.stripe.subscriptions.update(id, { cancel_at_period_end: true });
        await house.advance(31 * DAY);
      };
    },
    ["customer.subscription.updated", "customer.subscription.deleted"],
  ],
  [
    "a payment",
    async (world) => () => pay(world, "pm_card_visa"),
    ["charge.succeeded", "payment_intent.succeeded", "payment_intent.created"],
  ],
  [
    "a payment that is declined",
    async (world) => () => pay(world, "pm_card_visa_chargeDeclined").catch(() => undefined),
    ["charge.failed", "payment_intent.payment_failed", "payment_intent.created"],
  ],
  [
    "a hold and its capture",
    async (world) => {
      const { id } = await pay(world, "pm_card_visa", { capture_method: "manual" });
      return () => world.stripe.paymentIntents.capture(id);
    },
    ["charge.captured", "payment_intent.succeeded"],
  ],
  [
    "a hold that is let go",
    async (world) => {
      const { id } = await pay(world, "pm_card_visa", { capture_method: "manual" });
      return () => world.stripe.paymentIntents.cancel(id);
    },
    ["charge.refunded", "payment_intent.canceled"],
  ],
  [
    "a hold that expires",
    async (world) => {
      await pay(world, "pm_card_visa", { capture_method: "manual" });
      return wait(7 * DAY);
    },
    ["charge.expired", "payment_intent.canceled"],
  ],
  [
    "a card that is set up",
    async ({ stripe, customer }) =>
      () =>
        stripe.setupIntents.create({ customer, payment_method: "pm_card_visa", confirm: true, ...back }),
    ["setup_intent.created", "payment_method.attached", "setup_intent.succeeded"],
  ],
  [
    "a refund",
    async (world) => {
      const { id } = await pay(world, "pm_card_visa");
      return () => world.stripe.refunds.create({ payment_intent: id });
    },
    ["refund.created", "charge.refunded", "refund.updated", "charge.refund.updated"],
  ],
  [
    "a dispute that is won",
    async (world) => {
      const intent = await pay(world, "pm_card_createDispute");
      const [dispute] = (await world.stripe.disputes.list({ payment_intent: intent.id })).data;
      const evidence = { uncategorized_text: "winning_evidence" };
      return () => world.stripe.disputes.update(dispute?.id ?? "", { evidence });
    },
    ["charge.dispute.updated", "charge.dispute.closed", "charge.dispute.funds_reinstated"],
  ],
  [
    "a card that is disputed at once",
    async (world) => () => pay(world, "pm_card_createDispute"),
    [
      ...["charge.succeeded", "payment_intent.succeeded", "payment_intent.created"],
      ...["charge.updated", "charge.dispute.created", "charge.dispute.funds_withdrawn"],
    ],
  ],
  [
    "a subscription that is confirmed in the browser",
    async (world) => {
      const save = { payment_settings: { save_default_payment_method: "on_subscription" as const } };
      const { latest_invoice } = await subscribe(world, {
        ...{ payment_behavior: "default_incomplete", ...save, expand: ["latest_invoice.confirmation_secret"] },
      });
      const secret = String((latest_invoice as Stripe.Invoice).confirmation_secret?.client_secret); // it was expanded
      const [intent = ""] = secret.split("_secret_");
      return () => world.stripe.paymentIntents.confirm(intent, { payment_method: "pm_card_mastercard", ...back });
    },
    [
      ...["payment_method.attached", "charge.succeeded", "payment_intent.succeeded", "invoice.updated", ...PAID],
      ...["customer.subscription.updated", "invoice_payment.paid"],
    ],
  ],
  [
    "a trial that ends without a card, and pauses",
    async ({ stripe, price }) => {
      const { id: customer } = await stripe.customers.create();
      const end_behavior = { missing_payment_method: "pause" as const };
      const items = [{ price }];
      await stripe.subscriptions.create({ customer, items, trial_period_days: 1, trial_settings: { end_behavior } });
      await house.advance(HOUR);
      return wait(DAY);
    },
    ["customer.subscription.paused"],
  ],
  [
    "Checkout that is declined",
    async (world) => {
      const product_data = { name: "Pack" };
      const session = await world.stripe.checkout.sessions.create({
        ...{ mode: "payment", success_url: "http://localhost/done", customer: world.customer },
        line_items: [{ quantity: 1, price_data: { currency: "usd", unit_amount: 900, product_data } }],
      });
      return () => complete(world, session, "pm_card_visa_chargeDeclined");
    },
    ["payment_intent.created", "charge.failed", "payment_intent.payment_failed"],
  ],
  [
    "a transfer and its reversal",
    async (world) => {
      const capabilities = { transfers: { requested: true } };
      const { id: destination } = await world.stripe.accounts.create({ type: "express", capabilities });
      await fetch(`${house.url}/_local/accounts/${destination}/onboard`, {
        ...{ method: "POST", headers: { authorization: `Bearer ${world.key}` }, body: "{}" },
      });
      await pay(world, "pm_card_bypassPending");
      return async () => {
        const { id } = await world.stripe.transfers.create({ amount: 500, currency: "usd", destination });
        await world.stripe.transfers.createReversal(id);
      };
    },
    ["transfer.created", "transfer.reversed"],
  ],
  [
    "a payout",
    async (world) => {
      await pay(world, "pm_card_bypassPending");
      await world.stripe.payouts.create({ amount: 500, currency: "usd" });
      return wait(3 * DAY);
    },
    ["payout.updated", "payout.paid"],
  ],
  [
    "Checkout for a payment",
    async (world) => {
      const product_data = { name: "Pack" };
      const session = await world.stripe.checkout.sessions.create({
        ...{ mode: "payment", success_url: "http://localhost/done", customer: world.customer },
        line_items: [{ quantity: 1, price_data: { currency: "usd", unit_amount: 900, product_data } }],
      });
      return () => complete(world, session);
    },
    ["charge.succeeded", "payment_intent.succeeded", "payment_intent.created", "checkout.session.completed"],
  ],
  [
    "Checkout for a subscription",
    async (world) => {
      const session = await world.stripe.checkout.sessions.create({
        ...{ mode: "subscription", success_url: "http://localhost/done", customer: world.customer },
        line_items: [{ quantity: 1, price: world.price }],
      });
      return () => complete(world, session);
    },
    [
      ...["payment_method.attached", "charge.succeeded", "checkout.session.completed", "customer.updated"],
      ...["customer.subscription.created", "payment_intent.succeeded", "payment_intent.created", "invoice.created"],
      ...["invoice.finalized", ...PAID, "invoice_payment.paid"],
    ],
  ],
  [
    "Checkout that nobody completes",
    async (world) => {
      const expires_at = Math.floor(house.now.getTime() / 1_000) + HOUR;
      const line_items = [{ quantity: 1, price: world.price }];
      const success_url = "http://localhost/done";
      await world.stripe.checkout.sessions.create({ mode: "subscription", success_url, line_items, expires_at });
      return wait(HOUR);
    },
    ["checkout.session.expired"],
  ],
];

test.each(SCENES)("tells of %s in the order Stripe is seen to use", async (_, scene, expected) => {
  const { stripe, key } = house.fresh();
  const world = {
    stripe,
    key,
    customer: await customerWith(stripe, "visa"),
    price: await recurringPrice(stripe, 3_000),
  };
  const work = await scene(world);
  const before = (await stripe.events.list({ limit: 1 })).data[0]?.id ?? "";
  await work();
  const all = await stripe.events.list({ limit: 100, ending_before: before });
  const types = all.data.map(({ type }) => String(type)).reverse();
  expect(types.filter((type) => type !== "balance.available")).toEqual(expected);
});
