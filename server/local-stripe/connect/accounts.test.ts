import { afterAll, beforeAll, expect, test } from "vitest";
import { aLocalStripe, type TestHouse } from "../testing/house";

let house: TestHouse;
beforeAll(async () => {
  house = await aLocalStripe();
});
afterAll(() => house.stop());

const anAccount = async (onboard = true): Promise<string> => {
  const capabilities = { transfers: { requested: true } };
  const { id } = await house.stripe.accounts.create({ type: "express", capabilities });
  if (onboard) await house.control("POST", `accounts/${id}/onboard`);
  return id;
};
const typesOf = async (stripeAccount: string): Promise<string[]> =>
  (await house.stripe.events.list({ limit: 100 }, { stripeAccount })).data.map(({ type }) => String(type)).reverse();
const bank = (account_number: string) => ({
  ...{ object: "bank_account" as const, account_number, country: "US", currency: "usd", routing_number: "110000000" },
});

test("tells of an onboarding: the account, what it may do, and its bank", async () => {
  const id = await anAccount();
  expect((await typesOf(id)).slice(-3)).toEqual([
    ...["account.updated", "capability.updated", "account.external_account.created"],
  ]);
  const [told] = (await house.stripe.events.list({ type: "account.updated", limit: 1 }, { stripeAccount: id })).data;
  expect(told?.data.previous_attributes).toMatchObject({ details_submitted: false, payouts_enabled: false });
  expect(told?.account).toBe(id);
});

test("adds bank accounts, moves the default, and keeps the one that money goes to", async () => {
  const { stripe } = house;
  const id = await anAccount();
  const [first] = (await stripe.accounts.listExternalAccounts(id)).data;
  const made = await stripe.accounts.createExternalAccount(id, {
    ...{ external_account: { ...bank("000111111116"), account_holder_name: "Ada" }, metadata: { a: "b" } },
  });
  expect(made).toMatchObject({ last4: "1116", default_for_currency: false, account_holder_name: "Ada" });
  await expect(stripe.accounts.deleteExternalAccount(id, first?.id ?? "")).rejects.toMatchObject({ statusCode: 400 });
  const moved = await stripe.accounts.updateExternalAccount(id, made.id, { default_for_currency: true });
  expect(moved).toMatchObject({ default_for_currency: true, metadata: { a: "b" } });
  expect(await stripe.accounts.retrieveExternalAccount(id, first?.id ?? "")).toMatchObject({
    default_for_currency: false,
  });
  expect(await stripe.accounts.deleteExternalAccount(id, first?.id ?? "")).toMatchObject({ deleted: true });
  expect((await stripe.accounts.listExternalAccounts(id, { object: "bank_account" })).data).toHaveLength(1);
  expect((await typesOf(id)).filter((type) => type.startsWith("account.external_account")).slice(-4)).toEqual([
    ...["account.external_account.created", "account.external_account.updated"],
    ...["account.external_account.updated", "account.external_account.deleted"],
  ]);
  const token = await stripe.accounts.createExternalAccount(id, { external_account: "btok_us_verified" });
  expect(token).toMatchObject({ object: "bank_account", last4: "6789" });
  await expect(stripe.accounts.createExternalAccount(id, { external_account: "btok_none" })).rejects.toMatchObject({
    ...{ code: "resource_missing", param: "external_account" },
  });
  await expect(
    stripe.accounts.createExternalAccount(id, {
      external_account: { ...bank("000123456789"), routing_number: "122000661" },
    }),
  ).rejects.toMatchObject({ code: "routing_number_invalid" });
  await expect(stripe.accounts.retrieveExternalAccount(id, "ba_none")).rejects.toMatchObject({ statusCode: 404 });
});

test("takes a bank account with the account itself", async () => {
  const { stripe } = house;
  const account = await stripe.accounts.create({ type: "custom", external_account: "btok_us" });
  expect(account.external_accounts?.data).toMatchObject([{ last4: "6789", default_for_currency: true }]);
  const changed = await stripe.accounts.update(account.id, {
    ...{ external_account: "btok_us_verified_noAccount", business_profile: { name: "Ada", mcc: "7299" } },
  });
  expect(changed.external_accounts?.data).toMatchObject([{ last4: "1116" }]);
  expect(changed.business_profile).toMatchObject({ name: "Ada", mcc: "7299", url: null });
});

test("asks for a capability, gets it after onboarding, and lets it go", async () => {
  const { stripe } = house;
  const id = await anAccount(false);
  expect(await stripe.accounts.updateCapability(id, "card_payments", { requested: true })).toMatchObject({
    ...{ status: "inactive", requested: true, requirements: { disabled_reason: "requirements.fields_needed" } },
  });
  await house.control("POST", `accounts/${id}/onboard`);
  expect(await stripe.accounts.retrieveCapability(id, "card_payments")).toMatchObject({ status: "active" });
  expect(await stripe.accounts.updateCapability(id, "card_payments", { requested: false })).toMatchObject({
    ...{ status: "unrequested", requested: false },
  });
  expect((await stripe.accounts.listCapabilities(id)).data.map((one) => one.id)).toEqual(["transfers"]);
  await expect(stripe.accounts.updateCapability(id, "flying", { requested: true })).rejects.toMatchObject({
    statusCode: 404,
  });
});

test.each([
  ["fraud_other", "rejected.platform_fraud"],
  ["terms_of_service", "rejected.platform_terms_of_service"],
  ["other", "rejected.platform_other"],
] as const)("rejects an account for %s, once", async (reason, disabled_reason) => {
  const { stripe } = house;
  const id = await anAccount();
  expect(await stripe.accounts.reject(id, { reason })).toMatchObject({
    ...{ charges_enabled: false, payouts_enabled: false, capabilities: { transfers: "inactive" } },
    requirements: { disabled_reason },
  });
  await expect(stripe.accounts.reject(id, { reason })).rejects.toMatchObject({ statusCode: 400 });
});

test("shows and changes how an account is paid out", async () => {
  const { stripe } = house;
  const stripeAccount = await anAccount();
  expect(await stripe.balanceSettings.retrieve({}, { stripeAccount })).toMatchObject({
    payments: { payouts: { schedule: { interval: "daily" }, status: "enabled" }, settlement_timing: { delay_days: 2 } },
  });
  const changed = await stripe.balanceSettings.update(
    {
      payments: {
        ...{ debit_negative_balances: false, settlement_timing: { delay_days_override: 7 } },
        payouts: { schedule: { interval: "weekly", weekly_payout_days: ["friday"] }, statement_descriptor: "READER" },
      },
    },
    { stripeAccount },
  );
  expect(changed).toMatchObject({
    payments: {
      ...{ debit_negative_balances: false, settlement_timing: { delay_days: 7, delay_days_override: 7 } },
      payouts: { schedule: { interval: "weekly", weekly_payout_days: ["friday"] }, statement_descriptor: "READER" },
    },
  });
  expect(await stripe.balanceSettings.retrieve({}, { stripeAccount })).toEqual(changed);
  expect(await stripe.accounts.retrieve(stripeAccount)).toMatchObject({
    settings: { payouts: { schedule: { interval: "weekly" } } },
  });
  expect((await stripe.balanceSettings.retrieve()).payments.payouts?.schedule?.interval).toBe("daily");
});
