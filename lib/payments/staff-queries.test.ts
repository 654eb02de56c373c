import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { log } from "@/lib/log";
import { countEvents, listEventsAbout } from "@/lib/stripe-events/queries";
import { recordEvent } from "@/lib/stripe-events/record";
import { systemCtx } from "@/lib/testing/money";
import { aPurchase, asStaff } from "@/lib/testing/payments";
import { aPerson, type Person } from "@/lib/testing/people";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { createIntent } from "./create-intent";
import { refundPayment } from "./refund";
import { listAllPayments, listUnknown, readAnyPayment } from "./staff-queries";
import { ListAllPayments } from "./staff-schema";

let house: TestStripe;
let staff: Person;
beforeAll(async () => {
  log().level = "silent";
  house = await aStripe();
  staff = await aPerson();
});
afterAll(() => house.stop());
beforeEach(() => house.renew());

const found = async (asked: object) =>
  (await listAllPayments(asStaff(staff), ListAllPayments.parse(asked))).payments.map(({ id }) => id);

test("nobody but staff sees the payments of others", async () => {
  const who = await aPerson();
  const { paymentId } = await aPurchase(house, who);
  const refusal = { code: "not_found" };
  await expect(listAllPayments(who.ctx, ListAllPayments.parse({}))).rejects.toMatchObject(refusal);
  await expect(readAnyPayment(who.ctx, paymentId)).rejects.toMatchObject(refusal);
  await expect(listUnknown(who.ctx)).rejects.toMatchObject(refusal);
  await expect(listEventsAbout(who.ctx, "pi_1")).rejects.toMatchObject(refusal);
  await expect(countEvents(who.ctx)).rejects.toMatchObject(refusal);
  await expect(readAnyPayment(asStaff(staff), "payment_00000000000000000000000000")).rejects.toMatchObject(refusal);
});

test("payments of every account are found by state, account and words, page by page", async () => {
  const name = `100% Lantern_${staff.accountId.slice(-6)}`;
  const [who, other] = [await aPerson({ name }), await aPerson()];
  const [paid, theirs] = [await aPurchase(house, who), await aPurchase(house, other, { packageId: 1 })];
  const open = await createIntent(who.ctx, { packageId: 3 });
  const mine = [open.paymentId, paid.paymentId];

  expect(await found({ account: name })).toEqual(mine);
  expect(await found({ account: who.accountId })).toEqual(mine);
  expect(await found({ account: `${name.slice(0, -2)}%` })).toEqual([]);
  expect(await found({ account: name, status: "succeeded" })).toEqual([paid.paymentId]);
  expect(await found({ account: name, text: "business" })).toEqual([open.paymentId]);
  expect(await found({ text: theirs.paymentIntentId })).toEqual([theirs.paymentId]);

  const first = await listAllPayments(asStaff(staff), ListAllPayments.parse({ account: name, limit: 1 }));
  expect(first.nextCursor).toBe(open.paymentId);
  expect(await found({ account: name, limit: 1, cursor: first.nextCursor })).toEqual([paid.paymentId]);
});

test("one payment says its fee, what a refund could take, and every event about it", async () => {
  const who = await aPerson();
  const { paymentId, paymentIntentId } = await aPurchase(house, who);
  await refundPayment(asStaff(staff), { paymentId, amount: "5.00", reason: "duplicate" });
  for (const event of await house.events()) await recordEvent(systemCtx(), event, "webhook");

  const whole = await readAnyPayment(asStaff(staff), paymentId);
  expect(whole).toMatchObject({
    ...{ payment: { fee: 1_020_000, refunded: 5_000_000 }, refundable: 19_820_000 },
    ...{ brought: { paid: { remaining: 119 }, bonus: { remaining: 0 } }, disputes: [] },
    refunds: [{ amount: 5_000_000, credits: 31, bonusCredits: 10, reason: "duplicate" }],
  });
  const events = await listEventsAbout(asStaff(staff), paymentIntentId);
  expect(events.map(({ type }) => type)).toEqual(
    expect.arrayContaining(["payment_intent.succeeded", "charge.refunded", "refund.created"]),
  );
  expect((await countEvents(asStaff(staff))).new).toBeGreaterThanOrEqual(events.length);
});

test("what Stripe has not answered stands among the unknown until it has", async () => {
  const who = await aPerson();
  const { paymentId } = await aPurchase(house, who);
  await house.fault("error_after", { match: "POST /v1/refunds", times: 3 });
  await expect(refundPayment(asStaff(staff), { paymentId, reason: "duplicate" })).rejects.toThrow();
  await house.fault("error_after", { match: "POST /v1/payment_intents", times: 3 });
  await expect(createIntent(who.ctx, { packageId: 1 })).rejects.toThrow();

  const { payments, refunds } = await listUnknown(asStaff(staff));
  const ofWho = ({ accountId }: { accountId: string }) => accountId === who.accountId;
  expect(payments.filter(ofWho)).toMatchObject([{ state: "unknown", price: 9_990_000 }]);
  expect(refunds.filter(ofWho)).toMatchObject([{ state: "unknown", paymentId, price: 24_990_000 }]);
});
