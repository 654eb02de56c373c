import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { makeDefault } from "@/lib/cards/make-default";
import { db } from "@/lib/db/client";
import { cards } from "@/lib/db/schema";
import { payInvoice } from "@/lib/invoices/pay";
import { listInvoices } from "@/lib/invoices/queries";
import { ListInvoices } from "@/lib/invoices/schema";
import { log } from "@/lib/log";
import { GATEWAY_METER } from "@/lib/stripe-catalogue/rules";
import { brokenPromises } from "@/lib/testing/books";
import { aCard } from "@/lib/testing/cards";
import { aPerson, type Person } from "@/lib/testing/people";
import { aShop, hearAll, rowOf } from "@/lib/testing/plans";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { days, hours, later } from "@/lib/time";
import { cancelSubscription } from "./cancel";
import { createSubscription } from "./create";
import { CancelSubscription, CreateSubscription } from "./schema";

let house: TestStripe;
let passedMs = 0;
beforeAll(async () => {
  log().level = "silent";
  house = await aStripe({ now: () => later(new Date(), passedMs) });
});
afterAll(() => house.stop());
beforeEach(async () => {
  passedMs = 0;
  await aShop(house);
});
afterEach(async () => expect(await brokenPromises()).toEqual([]));

const CALLS = 3_000;
const gateway = (who: Person) =>
  createSubscription(who.ctx, CreateSubscription.parse({ planId: "gateway", family: "gateway" }));
const end = (who: Person) => cancelSubscription(who.ctx, CancelSubscription.parse({ when: "now", family: "gateway" }));
const billsOf = async (who: Person) =>
  (await listInvoices(who.ctx, ListInvoices.parse({ family: "gateway" }))).invoices.filter(({ amount }) => amount > 0);
const anotherCard = async (who: Person) => makeDefault(who.ctx, { id: (await aCard(house, who)).id });

/** The gateway is used by somebody whose card does not pay. */
async function aDebtor(): Promise<{ who: Person; stripeId: string }> {
  const who = await aPerson();
  const { subscription } = await gateway(who);
  const stripeId = (await rowOf(subscription.id)).stripeId ?? "";
  const failing = await aCard(house, who, "pm_card_chargeCustomerFail");
  const [card] = await db().select().from(cards).where(eq(cards.id, failing.id));
  const { customer } = await house.stripe.subscriptions.update(stripeId, {
    default_payment_method: card?.methodId ?? "",
  });
  await house.stripe.billing.meterEvents.create({
    event_name: GATEWAY_METER,
    payload: { stripe_customer_id: String(customer), value: String(CALLS) },
  });
  passedMs = hours(1);
  return { who, stripeId };
}

test("use that was billed and not paid stays owed when the gateway is left, and may be paid afterwards", async () => {
  const { who, stripeId } = await aDebtor();
  await house.runDue(later(new Date(), days(35)));
  await hearAll(house);
  expect((await house.stripe.subscriptions.retrieve(stripeId)).status).toBe("past_due");
  await end(who);
  await hearAll(house);
  const [bill] = await billsOf(who);
  expect(bill).toMatchObject({ status: "open", amountDue: { amount: "2.00" } });
  await anotherCard(who);
  expect(await payInvoice(who.ctx, { id: bill?.id ?? "invoice_" })).toMatchObject({ outcome: "paid" });
});

test("the gateway begins again once what it was used for is paid, also while nobody here knows of the bill", async () => {
  const { who } = await aDebtor();
  await end(who);
  await expect(gateway(who)).rejects.toMatchObject({
    code: "payment_required",
    extras: { details: { amountDue: { amount: "2.00" } } },
  });
  await hearAll(house);
  const [bill] = await billsOf(who);
  await expect(gateway(who)).rejects.toMatchObject({ extras: { details: { invoiceId: bill?.id } } });
  await anotherCard(who);
  await payInvoice(who.ctx, { id: bill?.id ?? "invoice_" });
  expect(await gateway(who)).toMatchObject({ subscription: { status: "active" } });
});
