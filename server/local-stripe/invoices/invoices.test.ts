import { afterAll, beforeAll, expect, test } from "vitest";
import { aLocalStripe, type TestHouse } from "../testing/house";
import { amountDue } from "./build";

let house: TestHouse;
beforeAll(async () => {
  house = await aLocalStripe();
});
afterAll(() => house.stop());

async function aDraft(amount = 5_000, card?: string) {
  const { stripe } = house;
  const customer = await stripe.customers.create({ email: "ada@example.com" });
  if (card) {
    const method = await stripe.paymentMethods.attach(`pm_card_${card}`, { customer: customer.id });
    await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } });
  }
  await stripe.invoiceItems.create({ customer: customer.id, amount, currency: "usd", description: "Work" });
  const invoice = await stripe.invoices.create({ customer: customer.id, pending_invoice_items_behavior: "include" });
  return { customer, invoice, id: invoice.id ?? "" };
}

test("goes from a draft over open to paid", async () => {
  const { stripe } = house;
  const { invoice, id } = await aDraft(5_000, "visa");
  expect(invoice).toMatchObject({ status: "draft", number: null, total: 5_000, auto_advance: false });
  const open = await stripe.invoices.finalizeInvoice(id, { expand: ["confirmation_secret"] });
  expect(open).toMatchObject({ status: "open", amount_due: 5_000, confirmation_secret: { type: "payment_intent" } });
  expect(open.hosted_invoice_url).toContain(house.url);
  const paid = await stripe.invoices.pay(id, { expand: ["payments"] });
  expect(paid).toMatchObject({
    status: "paid",
    amount_paid: 5_000,
    amount_remaining: 0,
    payments: { data: [{ status: "paid", amount_paid: 5_000 }] },
  });
  await expect(stripe.invoices.pay(id)).rejects.toMatchObject({ message: "Invoice is already paid" });
  await expect(stripe.invoices.voidInvoice(id)).rejects.toMatchObject({ code: "status_transition_invalid" });
});

test("says why it was not paid", async () => {
  const { id } = await aDraft(5_000, "chargeCustomerFail");
  await expect(house.stripe.invoices.pay(id)).rejects.toMatchObject({ statusCode: 402, code: "card_declined" });
  expect(await house.stripe.invoices.retrieve(id)).toMatchObject({ status: "open", attempt_count: 1, attempted: true });
});

test("is voided, written off, and paid outside", async () => {
  const { stripe } = house;
  const [a, b, c] = [await aDraft(), await aDraft(), await aDraft()];
  for (const { id } of [a, b, c]) await stripe.invoices.finalizeInvoice(id);
  expect(await stripe.invoices.voidInvoice(a.id)).toMatchObject({ status: "void" });
  expect(await stripe.invoices.markUncollectible(b.id)).toMatchObject({ status: "uncollectible" });
  expect(await stripe.invoices.pay(b.id, { paid_out_of_band: true })).toMatchObject({ status: "paid" });
  expect(await stripe.invoices.pay(c.id, { paid_out_of_band: true })).toMatchObject({
    status: "paid",
    amount_paid_off_stripe: 5_000,
  });
});

test("numbers each customer's invoices in turn", async () => {
  const { stripe } = house;
  const { customer, id } = await aDraft();
  const first = await stripe.invoices.finalizeInvoice(id);
  await stripe.invoiceItems.create({ customer: customer.id, amount: 700, currency: "usd" });
  const second = await stripe.invoices.finalizeInvoice(
    (await stripe.invoices.create({ customer: customer.id, pending_invoice_items_behavior: "include" })).id ?? "",
  );
  expect([first.number, second.number].map((number) => number?.slice(-4))).toEqual(["0001", "0002"]);
  await expect(stripe.invoices.update(id, { description: "late" })).rejects.toMatchObject({
    code: "invoice_not_editable",
  });
});

test("deletes a draft, and only a draft", async () => {
  const { stripe } = house;
  const { id } = await aDraft();
  expect(await stripe.invoices.del(id)).toMatchObject({ deleted: true });
  const { id: other } = await aDraft();
  await stripe.invoices.finalizeInvoice(other);
  await expect(stripe.invoices.del(other)).rejects.toMatchObject({ statusCode: 400 });
});

test("carries a sum too small to charge", async () => {
  const { stripe } = house;
  const { customer, id } = await aDraft(20, "visa");
  expect(await stripe.invoices.finalizeInvoice(id)).toMatchObject({
    status: "paid",
    total: 20,
    amount_due: 0,
    amount_paid: 0,
    ending_balance: 20,
  });
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ balance: 20 });
  await stripe.invoiceItems.create({ customer: customer.id, amount: 40, currency: "usd" });
  const next = await stripe.invoices.create({ customer: customer.id, pending_invoice_items_behavior: "include" });
  expect(await stripe.invoices.pay(next.id ?? "")).toMatchObject({
    status: "paid",
    total: 40,
    amount_due: 60,
    amount_paid: 60,
  });
});

test("finalises by itself when it was told to advance", async () => {
  const stripe = house.stripe;
  const { id } = await aDraft(5_000, "visa");
  await stripe.invoices.update(id, { auto_advance: true });
  await house.advance(3_600);
  expect(await stripe.invoices.retrieve(id)).toMatchObject({ status: "paid" });
});

test.each([
  [2_000, 0, 2_000, 0],
  [2_000, -500, 1_500, 0],
  [2_000, -3_000, 0, -1_000],
  [49, 0, 0, 49],
  [30, 30, 60, 0],
  [-500, 0, 0, -500],
])("asks for what is due: total %i with balance %i", (total, balance, due, ending) =>
  expect(amountDue(total, balance)).toEqual({ due, ending }),
);

test("adds, changes and removes the lines of a draft, and of a draft only", async () => {
  const { stripe } = house;
  const { id } = await aDraft(5_000);
  const added = await stripe.invoices.addLines(id, { lines: [{ amount: 700, description: "More" }] });
  expect(added).toMatchObject({ total: 5_700 });
  const [first, second] = added.lines.data;
  expect(await stripe.invoices.updateLines(id, { lines: [{ id: String(second?.id), amount: 900 }] })).toMatchObject({
    total: 5_900,
  });
  expect(
    await stripe.invoices.removeLines(id, { lines: [{ id: String(first?.id), behavior: "unassign" }] }),
  ).toMatchObject({ total: 900 });
  await stripe.invoices.finalizeInvoice(id);
  await expect(stripe.invoices.addLines(id, { lines: [{ amount: 1 }] })).rejects.toMatchObject({
    code: "invoice_not_editable",
  });
});

test("gives the balance back that a voided invoice had used", async () => {
  const { stripe } = house;
  const { customer, id } = await aDraft(5_000);
  await stripe.customers.createBalanceTransaction(customer.id, { amount: -1_000, currency: "usd" });
  expect(await stripe.invoices.finalizeInvoice(id)).toMatchObject({ amount_due: 4_000 });
  await stripe.invoices.voidInvoice(id);
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ balance: -1_000 });
});
