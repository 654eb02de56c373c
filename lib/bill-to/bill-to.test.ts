import { afterAll, beforeAll, expect, test } from "vitest";
import { aMember, aPerson } from "@/lib/testing/people";
import { aShop, aSubscriber } from "@/lib/testing/plans";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { changeBillTo } from "./change";
import { getBillTo } from "./queries";
import type { ChangeBillTo } from "./schema";

let house: TestStripe;
beforeAll(async () => {
  house = await aStripe();
  await aShop(house);
});
afterAll(() => house.stop());

const lantern: ChangeBillTo = {
  name: "Lantern GmbH",
  email: "books@lantern.example",
  address: { line1: "Gasse 4", line2: null, postalCode: "10115", city: "Berlin", state: null, country: "DE" },
  taxId: "DE123456789",
};

test("nobody is billed before anything was bought, and asking does not make them a customer", async () => {
  const { ctx } = await aPerson();
  expect(await getBillTo(ctx)).toEqual({ name: null, email: null, address: null, taxId: null });
  expect(await getBillTo(ctx)).toMatchObject({ name: null });
});

test("what was set is at Stripe, and on the next invoice, until it is taken away", async () => {
  const who = await aPerson();
  expect(await changeBillTo(who.ctx, lantern)).toMatchObject(lantern);
  expect(await getBillTo(who.ctx)).toMatchObject(lantern);

  await aSubscriber(house, who);
  const { data } = await house.stripe.invoices.list({ limit: 1 });
  expect(data[0]).toMatchObject({
    customer_name: "Lantern GmbH",
    customer_address: { city: "Berlin", country: "DE" },
    custom_fields: [{ name: "Tax ID", value: "DE123456789" }],
  });

  const bare = { ...lantern, address: null, taxId: null };
  expect(await changeBillTo({ ...who.ctx, origin: { ...who.ctx.origin, requestId: "req_bare" } }, bare)).toMatchObject(
    bare,
  );
});

test("somebody who may not change billing may not", async () => {
  const { accountId } = await aPerson();
  const { ctx } = await aMember(accountId, "member");
  await expect(changeBillTo(ctx, lantern)).rejects.toMatchObject({ code: "forbidden" });
  await expect(getBillTo(ctx)).rejects.toMatchObject({ code: "forbidden" });
});
