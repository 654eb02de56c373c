import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { newId } from "@/lib/ids";
import { linkTransfers } from "@/lib/ledger/link";
import { log } from "@/lib/log";
import { refundPayment } from "@/lib/payments/refund";
import { spend } from "@/lib/testing/credits";
import { systemCtx } from "@/lib/testing/money";
import { aPurchase, asStaff } from "@/lib/testing/payments";
import { aMember, aPerson, type Person } from "@/lib/testing/people";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { printReceipt } from "./print";
import { getReceipt } from "./queries";

let house: TestStripe;
beforeAll(async () => {
  log().level = "silent";
  house = await aStripe();
});
afterAll(() => house.stop());
beforeEach(() => house.renew());

/** The transfer of somebody's account that was booked last. */
async function newestOf({ accountId }: Person): Promise<`transfer_${string}`> {
  const [row] = await db().execute<{ id: `transfer_${string}` }>(sql`
    select t.id from transfers t where exists (select from entries e where e.transfer_id = t.id and e.account_id = ${accountId})
    order by t.booked_at desc limit 1`);
  if (!row) throw new Error("Nothing moved");
  return row.id;
}
const link = () => linkTransfers(systemCtx(), { since: new Date(0), most: 1_000 });

test("a purchase says what was bought, how, at which price a credit, and that nothing was changed", async () => {
  const who = await aPerson();
  await aPurchase(house, who);
  const id = await newestOf(who);
  expect(await getReceipt(who.ctx, { id })).toMatchObject({ sumIsRight: true, link: null });
  await link();
  expect(await getReceipt(who.ctx, { id })).toMatchObject({
    ...{ sentence: "You bought 160 credits for $24.99.", title: "Pro package", total: { text: "$24.99" } },
    payment: { method: "Visa ending 4242", paid: { text: "$24.99" }, refunded: { text: "$0.00" } },
    entries: [{ pot: "credits", amount: { text: "160 credits" }, after: { text: "170 credits" } }],
    lots: [
      { use: "brought", kind: "paid", amount: { units: 150 }, price: { text: "$24.99" }, receiptId: null },
      { use: "brought", kind: "bonus", amount: { units: 10 }, price: { text: "$0.00" } },
    ],
    computation: {
      steps: [
        { label: "bought", value: "150" },
        { label: "given on top", value: "10" },
        { label: "one credit, $24.99 / 160", value: "$0.156188" },
      ],
      sum: { label: "160 credits", value: "$24.99" },
    },
    ...{ aftermath: [], sumIsRight: true, link: { isUnaltered: true, hash: expect.stringMatching(/^[0-9a-f]{64}$/) } },
  });
});

test("what was used says which lots it came from, and leads to their receipts", async () => {
  const who = await aPerson();
  const welcome = await newestOf(who);
  await aPurchase(house, who);
  const bought = await newestOf(who);
  await spend(who, 50);
  expect(await getReceipt(who.ctx, { id: await newestOf(who) })).toMatchObject({
    ...{ sentence: "You spent 50 credits.", payment: null, total: { text: "50 credits" } },
    lots: [
      { use: "used", kind: "promotional", amount: { units: 10 }, receiptId: welcome },
      { use: "used", kind: "bonus", amount: { units: 10 }, receiptId: bought },
      { use: "used", kind: "paid", amount: { units: 30 }, price: { text: "$4.998" }, receiptId: bought },
    ],
    computation: { sum: { label: "50 credits", value: "$4.998" } },
  });
});

test("a top-up, its refund, and what the first receipt says afterwards", async () => {
  const who = await aPerson();
  const { paymentId } = await aPurchase(house, who, { topUp: "25.00" });
  const id = await newestOf(who);
  await refundPayment(asStaff(await aPerson()), {
    ...{ paymentId, amount: "5.00", reason: "requested_by_customer", idempotencyKey: undefined },
  });
  expect(await getReceipt(who.ctx, { id })).toMatchObject({
    sentence: "You put $25.00 into your wallet.",
    computation: { steps: [{ value: "$0.00" }, { label: "came in", value: "$25.00" }], sum: { value: "$25.00" } },
    payment: { refunded: { text: "$5.00" } },
    aftermath: [{ what: "refund", status: "succeeded", amount: { text: "$5.00" } }],
  });
  expect(await getReceipt(who.ctx, { id: await newestOf(who) })).toMatchObject({
    ...{ sentence: "$5.00 was paid back to you.", total: { text: "$5.00" }, sumIsRight: true },
    lots: [{ use: "used", kind: "paid", receiptId: id }],
  });
});

test("somebody else's receipt and one that never was are the same 404; staff may read any", async () => {
  const [who, other] = [await aPerson(), await aPerson()];
  const id = await newestOf(who);
  const missing = { code: "not_found", message: expect.stringContaining("Receipt") };
  await expect(getReceipt(other.ctx, { id })).rejects.toMatchObject(missing);
  await expect(getReceipt(other.ctx, { id: newId("transfer") })).rejects.toMatchObject(missing);
  expect(await getReceipt(asStaff(other), { id })).toMatchObject({
    accountId: who.accountId,
    sentence: "This account was given 10 credits to begin with.",
  });
  expect(await getReceipt(asStaff(who), { id })).toMatchObject({
    sentence: "You were given 10 credits to begin with.",
  });
  const member = await aMember(who.accountId, "member");
  await expect(getReceipt(member.ctx, { id })).rejects.toMatchObject({ code: "forbidden" });
});

test("a receipt that somebody altered in the database says so", async () => {
  const who = await aPerson();
  await aPurchase(house, who, { topUp: "25.00" });
  const id = await newestOf(who);
  await link();
  const told = await db()
    .transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      await tx.execute(sql`update transfers set kind = 'wallet.granted' where id = ${id}`);
      const altered = await getReceipt({ ...who.ctx, db: tx }, { id });
      throw Object.assign(new Error("back"), { altered });
    })
    .catch((error) => error.altered);
  expect(told).toMatchObject({ sumIsRight: true, link: { isUnaltered: false } });
  expect(await getReceipt(who.ctx, { id })).toMatchObject({ link: { isUnaltered: true } });
});

test("the paper begins as a PDF, is one page, and is the same twice", async () => {
  const who = await aPerson();
  await aPurchase(house, who);
  const id = await newestOf(who);
  await link();
  const [one, two] = [await printReceipt(who.ctx, { id }), await printReceipt(who.ctx, { id })];
  expect(Buffer.from(one).subarray(0, 5).toString()).toBe("%PDF-");
  expect(
    Buffer.from(one)
      .toString("latin1")
      .match(/\/Type \/Page\b/g),
  ).toHaveLength(1);
  expect(Buffer.from(one).equals(Buffer.from(two))).toBe(true);
});
