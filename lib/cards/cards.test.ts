import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { cards } from "@/lib/db/schema";
import { newId } from "@/lib/ids";
import { log } from "@/lib/log";
import { stripeMode } from "@/lib/stripe/target";
import { aCard } from "@/lib/testing/cards";
import { stripeCtx } from "@/lib/testing/payments";
import { aMember, aPerson } from "@/lib/testing/people";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { beginCard } from "./begin";
import { keepCard } from "./keep";
import { lookAtCard } from "./look-at";
import { makeDefault } from "./make-default";
import { listCards } from "./queries";
import { removeCard } from "./remove";

let house: TestStripe;
beforeAll(async () => {
  log().level = "silent";
  house = await aStripe();
});
afterAll(() => house.stop());
beforeEach(() => house.renew());

test("a card is kept once, however many hear of it, and the first is the default", async () => {
  const who = await aPerson();
  const { setupIntentId } = await beginCard(who.ctx);
  const { payment_method: method } = await house.stripe.setupIntents.confirm(setupIntentId, {
    ...{ payment_method: "pm_card_visa", return_url: "http://localhost/back" },
  });
  await Promise.all([
    keepCard(who.ctx, { setupIntentId }),
    lookAtCard(stripeCtx(), String(method)),
    keepCard(who.ctx, { setupIntentId }),
  ]);
  expect(await listCards(who.ctx)).toEqual({
    paymentMethods: [expect.objectContaining({ brand: "visa", last4: "4242", isDefault: true, expired: false })],
  });
});

test("another one becomes the default here and at Stripe, and two who choose at once leave one", async () => {
  const who = await aPerson();
  const first = await aCard(house, who);
  const second = await aCard(house, who, "pm_card_mastercard");
  expect(second.isDefault).toBe(false);
  await makeDefault(who.ctx, { id: second.id });
  const { data } = await house.stripe.customers.list();
  const method = data[0]?.invoice_settings.default_payment_method;
  expect((await house.stripe.paymentMethods.retrieve(String(method))).card?.brand).toBe("mastercard");

  await Promise.all([makeDefault(who.ctx, { id: first.id }), makeDefault(who.ctx, { id: second.id })]);
  const { paymentMethods } = await listCards(who.ctx);
  expect(paymentMethods.filter(({ isDefault }) => isDefault)).toHaveLength(1);
});

test("one that is removed is gone here and at Stripe, and the newest other one is the default", async () => {
  const who = await aPerson();
  const first = await aCard(house, who);
  const second = await aCard(house, who, "pm_card_mastercard");
  await removeCard(who.ctx, { id: first.id });
  expect((await listCards(who.ctx)).paymentMethods).toEqual([
    expect.objectContaining({ id: second.id, isDefault: true }),
  ]);
  await expect(removeCard(who.ctx, { id: first.id })).rejects.toMatchObject({ code: "not_found" });
  const { data } = await house.stripe.customers.list();
  expect((await house.stripe.customers.listPaymentMethods(data[0]?.id ?? "")).data).toHaveLength(1);
});

test("an account keeps twenty cards, and room is made by removing one", async () => {
  const who = await aPerson();
  const first = await aCard(house, who);
  await db()
    .insert(cards)
    .values(
      Array.from({ length: 19 }, (_, place) => ({
        ...{ id: newId("card"), accountId: who.accountId, stripe: stripeMode(), methodId: newId("req") },
        ...{
          kind: "card" as const,
          brand: "visa",
          last4: String(1_000 + place),
          isDefault: false,
          addedAt: who.ctx.now,
        },
      })),
    );
  expect((await listCards(who.ctx)).paymentMethods).toHaveLength(20);
  await expect(beginCard(who.ctx)).rejects.toMatchObject({ code: "conflict" });
  await removeCard(who.ctx, { id: first.id });
  expect(await beginCard(who.ctx)).toMatchObject({ setupIntentId: expect.stringMatching(/^seti_/) });
});

test("a setup that the bank has not agreed to keeps nothing", async () => {
  const who = await aPerson();
  const { setupIntentId } = await beginCard(who.ctx);
  await expect(keepCard(who.ctx, { setupIntentId })).rejects.toMatchObject({ code: "conflict" });
  await house.stripe.setupIntents
    .confirm(setupIntentId, { payment_method: "pm_card_visa_chargeDeclined", return_url: "http://localhost/back" })
    .catch(() => undefined);
  await expect(keepCard(who.ctx, { setupIntentId })).rejects.toMatchObject({ code: "card_declined" });
  expect((await listCards(who.ctx)).paymentMethods).toEqual([]);
});

test("nobody reaches another account's card or setup, and a member may not touch any", async () => {
  const [mine, theirs] = [await aPerson(), await aPerson()];
  const card = await aCard(house, theirs);
  const { setupIntentId } = await beginCard(theirs.ctx);
  const refused = { code: "not_found" };
  await expect(removeCard(mine.ctx, { id: card.id })).rejects.toMatchObject(refused);
  await expect(makeDefault(mine.ctx, { id: card.id })).rejects.toMatchObject(refused);
  await expect(keepCard(mine.ctx, { setupIntentId })).rejects.toMatchObject(refused);
  await expect(keepCard(mine.ctx, { setupIntentId: "seti_nobodys" })).rejects.toMatchObject(refused);
  const member = await aMember(theirs.accountId, "member");
  await expect(beginCard(member.ctx)).rejects.toMatchObject({ code: "forbidden" });
  await expect(removeCard(member.ctx, { id: card.id })).rejects.toMatchObject({ code: "forbidden" });
});
