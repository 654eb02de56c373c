import { inflateSync } from "node:zlib";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { changeBillTo } from "@/lib/bill-to/change";
import { makeDefault } from "@/lib/cards/make-default";
import { db } from "@/lib/db/client";
import { invoices, outbox } from "@/lib/db/schema";
import { log } from "@/lib/log";
import { createSubscription } from "@/lib/subscriptions/create";
import { CreateSubscription } from "@/lib/subscriptions/schema";
import { updateSubscription } from "@/lib/subscriptions/update";
import { brokenPromises } from "@/lib/testing/books";
import { aCard } from "@/lib/testing/cards";
import { aMember, aPerson, type Person } from "@/lib/testing/people";
import { aShop, aSubscriber, hearAll, rowOf } from "@/lib/testing/plans";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { chargeBy } from "./charge-by";
import { lookAtInvoice } from "./look-at";
import { payInvoice } from "./pay";
import { printInvoice } from "./print";
import { getInvoice, listInvoices } from "./queries";
import { ListInvoices } from "./schema";

let house: TestStripe;
beforeAll(async () => {
  log().level = "silent";
  house = await aStripe();
});
afterAll(() => house.stop());
beforeEach(() => aShop(house));
afterEach(async () => expect(await brokenPromises()).toEqual([]));

const listed = async (who: Person, more: object = {}) =>
  (await listInvoices(who.ctx, ListInvoices.parse(more))).invoices;
const mails = async ({ email }: Person, template: string) => {
  const rows = await db()
    .select({ facts: sql<Record<string, unknown>>`${outbox.payload} -> 'facts'` })
    .from(outbox)
    .where(sql`${outbox.payload} ->> 'to' = ${email} and ${outbox.payload} ->> 'template' = ${template}`);
  return rows.map(({ facts }) => facts);
};

test("an invoice is here with its lines, its page and its paper, and its payer has a receipt", async () => {
  const who = await aPerson();
  await aSubscriber(house, who, { planId: "professional" });
  const [one] = await listed(who);
  expect(one).toMatchObject({ status: "paid", family: "rooms", amount: 99, currency: "usd", failure: null });
  const whole = await getInvoice(who.ctx, { id: one?.id ?? "invoice_" });
  expect(whole).toMatchObject({
    lines: [{ amount: { amount: "99.00" }, isProration: false }],
    ...{ method: "Visa ending 4242", reason: "subscription_create", amountPaid: { micros: 99_000_000 } },
  });
  for (const url of [whole.hostedUrl, whole.pdfUrl]) expect((await fetch(url ?? "")).status).toBe(200);
  const paper = await printInvoice(who.ctx, { id: whole.id });
  expect(Buffer.from(paper.subarray(0, 5)).toString()).toBe("%PDF-");
  expect(await printInvoice(who.ctx, { id: whole.id })).toEqual(paper);
  expect(await mails(who, "receipt")).toMatchObject([
    { number: whole.number, totalMicros: 99_000_000, path: `/dashboard/billing/invoices/${whole.id}` },
  ]);
});

/** What is written in a document, in the order in which it was drawn. */
function wordsIn(paper: Uint8Array): string {
  const raw = Buffer.from(paper).toString("latin1");
  const streams = [...raw.matchAll(/stream\n([\s\S]*?)\nendstream/g)].map(([, body = ""]) =>
    Buffer.from(body, "latin1"),
  );
  const drawn = streams.map((stream) => inflateSync(stream).toString("latin1")).join("\n");
  return [...drawn.matchAll(/\[(.*)\] TJ/g)]
    .map(([, line = ""]) =>
      [...line.matchAll(/<([0-9a-f]+)>/g)].map(([, hex = ""]) => Buffer.from(hex, "hex")).join(""),
    )
    .join("\n");
}

test("an invoice says whom it is made out to, and goes on saying so", async () => {
  const who = await aPerson();
  const address = { line1: "1 Quay", line2: null, city: "Bergen", postalCode: "5003", state: null, country: "NO" };
  const billTo = (name: string) =>
    changeBillTo(who.ctx, { name, email: "bills@parley.example", address, taxId: "NO 974 760 673" });
  await billTo("Fjord Sound");
  await aSubscriber(house, who);
  await billTo("Another name");
  await hearAll(house);
  const [one] = await listed(who);
  const invoice = await getInvoice(who.ctx, { id: one?.id ?? "invoice_" });
  const lines = ["Fjord Sound", "1 Quay", "5003 Bergen", "NO", "bills@parley.example"];
  expect(invoice).toMatchObject({ billedTo: lines, taxId: "NO 974 760 673" });
  const words = wordsIn(await printInvoice(who.ctx, { id: invoice.id }));
  for (const line of [...lines, "Tax ID NO 974 760 673"]) expect(words).toContain(line);
});

test("a change of plan is billed line by line, and told again brings no second receipt", async () => {
  const who = await aPerson();
  await aSubscriber(house, who);
  await updateSubscription(who.ctx, { planId: "professional" });
  await hearAll(house);
  const [change] = await listed(who);
  const { lines, subtotal, total } = await getInvoice(who.ctx, { id: change?.id ?? "invoice_" });
  expect(lines.map(({ isProration }) => isProration)).toEqual([true, true]);
  expect(lines.reduce((sum, { amount }) => sum + amount.micros, 0)).toBe(subtotal.micros);
  expect(total.micros).toBeGreaterThan(69_000_000);
  const rows = await db().select().from(invoices).where(eq(invoices.accountId, who.accountId));
  await Promise.all(rows.map(({ stripeId }) => lookAtInvoice(who.ctx, stripeId)));
  expect(await mails(who, "receipt")).toHaveLength(2);
  expect(await mails(who, "plan_changed")).toMatchObject([{ from: "Rooms Starter", to: "Rooms Professional" }]);
});

test("an open invoice is paid by the default card, and says why it was not", async () => {
  const who = await aPerson();
  await createSubscription(who.ctx, CreateSubscription.parse({ planId: "starter" }));
  await hearAll(house);
  const [open] = await listed(who);
  const id = open?.id ?? "invoice_";
  expect(open).toMatchObject({ status: "open", amountDue: { amount: "29.00" } });
  expect(await payInvoice(who.ctx, { id })).toMatchObject({ outcome: "confirm", confirm: { kind: "payment" } });
  await aCard(house, who, "pm_card_chargeCustomerFail");
  await expect(payInvoice(who.ctx, { id })).rejects.toMatchObject({ code: "card_declined" });
  expect(await getInvoice(who.ctx, { id })).toMatchObject({
    status: "open",
    failure: expect.stringContaining("declined"),
  });

  const good = await aCard(house, who, "pm_card_mastercard");
  await makeDefault(who.ctx, { id: good.id });
  expect(await payInvoice(who.ctx, { id })).toMatchObject({
    outcome: "paid",
    invoice: { status: "paid", failure: null },
  });
  expect(await payInvoice(who.ctx, { id })).toMatchObject({ outcome: "paid" });
  await hearAll(house);
  expect(await rowOf((await listed(who))[0]?.subscriptionId ?? "subscription_")).toMatchObject({ state: "active" });
});

test("another account's invoice is not there, and a member without the role sees none", async () => {
  const [mine, theirs] = [await aPerson(), await aPerson()];
  await aSubscriber(house, theirs);
  const [one] = await listed(theirs);
  const id = one?.id ?? "invoice_";
  expect(await listed(mine)).toEqual([]);
  for (const asked of [getInvoice, printInvoice, payInvoice])
    await expect(asked(mine.ctx, { id })).rejects.toMatchObject({ code: "not_found" });
  const member = await aMember(theirs.accountId, "member");
  await expect(listed(member)).rejects.toMatchObject({ code: "forbidden" });
  expect(await listed(theirs, { family: "compute" })).toEqual([]);
});

test("a card is charged for every plan, also where one of them takes no other card any more", async () => {
  const who = await aPerson();
  const ended = await aSubscriber(house, who);
  const other = await aSubscriber(house, who, { planId: "professional", family: "compute" });
  await house.stripe.subscriptions.cancel((await rowOf(ended.id)).stripeId ?? "");
  const card = await aCard(house, who, "pm_card_mastercard");
  await chargeBy(who.ctx, { id: card.id });
  const { default_payment_method: method } = await house.stripe.subscriptions.retrieve(
    (await rowOf(other.id)).stripeId ?? "",
    { expand: ["default_payment_method"] },
  );
  expect(method).toMatchObject({ card: { last4: card.last4 } });
});

test("what is paid stays as it is", async () => {
  const who = await aPerson();
  await aSubscriber(house, who);
  const alter = db().update(invoices).set({ total: sql`total + 10000` }).where(eq(invoices.accountId, who.accountId));
  await expect(alter).rejects.toMatchObject({ cause: { message: expect.stringContaining("is final") } });
});
