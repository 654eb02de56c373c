import { afterAll, beforeAll, expect, test } from "vitest";
import { customerWith } from "../testing/customers";
import { aLocalStripe, type TestHouse } from "../testing/house";

let house: TestHouse;
beforeAll(async () => {
  house = await aLocalStripe();
});
afterAll(() => house.stop());

async function anOpenInvoice(amount = 5_000) {
  const { stripe } = house;
  const customer = await customerWith(stripe, "visa");
  await stripe.invoiceItems.create({ customer, amount, currency: "usd" });
  const { id = "" } = await stripe.invoices.create({ customer, pending_invoice_items_behavior: "include" });
  await stripe.invoices.finalizeInvoice(id);
  const pay = async (part: number, confirm = true) =>
    (
      await stripe.paymentIntents.create({
        ...{ amount: part, currency: "usd", customer, payment_method: "pm_card_visa" },
        ...(confirm && { confirm, return_url: "http://localhost/back" }),
      })
    ).id;
  return { customer, id, pay };
}

test("is paid in parts, and its own payment asks for the rest only", async () => {
  const { stripe } = house;
  const { id, pay } = await anOpenInvoice();
  expect(await stripe.invoices.attachPayment(id, { payment_intent: await pay(2_000) })).toMatchObject({
    ...{ status: "open", amount_paid: 2_000, amount_remaining: 3_000, amount_overpaid: 0 },
  });
  const later = await pay(1_000, false);
  await stripe.invoices.attachPayment(id, { payment_intent: later });
  await stripe.paymentIntents.confirm(later, { return_url: "http://localhost/back" });
  const paid = await stripe.invoices.pay(id, { expand: ["payments"] });
  expect(paid).toMatchObject({ status: "paid", amount_paid: 5_000, amount_remaining: 0 });
  expect(paid.payments?.data.map(({ amount_paid, status, is_default }) => [amount_paid, status, is_default])).toEqual([
    [1_000, "paid", false],
    [2_000, "paid", false],
    [2_000, "paid", true],
  ]);
  expect((await house.events()).filter((type) => type === "invoice_payment.paid")).toHaveLength(3);
});

test("is paid too much, and the rest is the customer's", async () => {
  const { stripe } = house;
  const { customer, id, pay } = await anOpenInvoice();
  const paid = await stripe.invoices.attachPayment(id, { payment_intent: await pay(6_000), expand: ["payments"] });
  expect(paid).toMatchObject({ status: "paid", amount_paid: 6_000, amount_remaining: 0, amount_overpaid: 1_000 });
  expect(paid.payments?.data.map(({ status }) => status).sort()).toEqual(["canceled", "paid"]);
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -1_000 });
  expect(await house.events()).toContain("invoice.overpaid");
});

test("takes no payment that is another's, gone, or taken", async () => {
  const { stripe } = house;
  const [one, other] = [await anOpenInvoice(), await anOpenInvoice()];
  const attach = (payment_intent: string) => stripe.invoices.attachPayment(one.id, { payment_intent });
  await expect(attach(await other.pay(1_000))).rejects.toMatchObject({ param: "payment_intent" });
  await expect(attach("pi_none")).rejects.toMatchObject({ code: "resource_missing" });
  const canceled = await one.pay(1_000, false);
  await stripe.paymentIntents.cancel(canceled);
  await expect(attach(canceled)).rejects.toMatchObject({ param: "payment_intent" });
  const used = await one.pay(1_000);
  await attach(used);
  await expect(attach(used)).rejects.toMatchObject({ param: "payment_intent" });
  await stripe.invoices.voidInvoice(other.id);
  await expect(
    stripe.invoices.attachPayment(other.id, { payment_intent: await other.pay(1_000) }),
  ).rejects.toMatchObject({ statusCode: 400 });
});

test("sends what an invoice brings on to where it says", async () => {
  const { stripe } = house;
  const capabilities = { transfers: { requested: true } };
  const { id: destination } = await stripe.accounts.create({ type: "express", capabilities });
  await house.control("POST", `accounts/${destination}/onboard`);
  const customer = await customerWith(stripe, "visa");
  await stripe.invoiceItems.create({ customer, amount: 5_000, currency: "usd" });
  const { id = "" } = await stripe.invoices.create({
    ...{ customer, pending_invoice_items_behavior: "include", transfer_data: { destination, amount: 4_000 } },
  });
  await stripe.invoices.pay(id);
  expect((await stripe.transfers.list({ destination })).data).toMatchObject([{ amount: 4_000 }]);
});
