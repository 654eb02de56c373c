import { randomText } from "../store/ids";
import type { Kinds } from "../store/kinds";
import { bankAccount } from "./bank-account";

type Account = Kinds["account"];

const DUE = [
  "business_type",
  "external_account",
  "individual.dob.day",
  "individual.dob.month",
  "individual.dob.year",
  "individual.first_name",
  "individual.last_name",
  "individual.ssn_last_4",
  "tos_acceptance.date",
  "tos_acceptance.ip",
];

const requirements = (due: string[], disabled: NonNullable<Account["requirements"]>["disabled_reason"]) => ({
  ...{
    alternatives: [],
    current_deadline: null,
    currently_due: due,
    disabled_reason: disabled,
    errors: [],
    eventually_due: due,
    past_due: due,
    pending_verification: [],
  },
});

type NewAccount = {
  now: number;
  country: string;
  email: string | null;
  type: "express" | "standard" | "custom" | "none";
  businessType: Account["business_type"];
  capabilities: string[];
  metadata: Record<string, string>;
  manualPayouts: boolean;
};

/** A connected account before its owner has told us who they are. */
export function newAccount(wanted: NewAccount): Account {
  const asked = Object.fromEntries(wanted.capabilities.map((name) => [name, "inactive" as const]));
  return {
    id: `acct_${randomText(16)}`,
    object: "account",
    business_profile: null,
    business_type: wanted.businessType ?? null,
    capabilities: asked,
    charges_enabled: false,
    controller: {
      fees: { payer: "application" },
      is_controller: true,
      losses: { payments: "application" },
      requirement_collection: "stripe",
      stripe_dashboard: { type: "express" },
      type: "application",
    },
    country: wanted.country,
    created: wanted.now,
    default_currency: "usd",
    details_submitted: false,
    email: wanted.email,
    external_accounts: { object: "list", data: [], has_more: false, url: "/v1/accounts/external_accounts" },
    future_requirements: requirements([], null),
    metadata: wanted.metadata,
    payouts_enabled: false,
    requirements: requirements(DUE, "requirements.past_due"),
    settings: {
      branding: { icon: null, logo: null, primary_color: null, secondary_color: null },
      card_payments: {
        decline_on: { avs_failure: false, cvc_failure: false },
        statement_descriptor_prefix: null,
        statement_descriptor_prefix_kana: null,
        statement_descriptor_prefix_kanji: null,
      },
      dashboard: { display_name: null, timezone: "Etc/UTC" },
      payments: {
        ...{ statement_descriptor: null, statement_descriptor_kana: null, statement_descriptor_kanji: null },
        ...{ statement_descriptor_prefix_kana: null, statement_descriptor_prefix_kanji: null },
      },
      payouts: {
        debit_negative_balances: true,
        schedule: { delay_days: 2, interval: wanted.manualPayouts ? "manual" : "daily" },
        statement_descriptor: null,
      },
    },
    tos_acceptance: {},
    type: wanted.type,
  };
}

/** Its owner has told us everything: it may be paid. */
export function completeAccount(account: Account, bank: string): void {
  account.details_submitted = true;
  account.charges_enabled = true;
  account.payouts_enabled = true;
  account.requirements = requirements([], null);
  account.capabilities = Object.fromEntries(
    Object.keys(account.capabilities ?? {}).map((name) => [name, "active" as const]),
  );
  account.tos_acceptance = { date: account.created ?? null };
  account.external_accounts = {
    ...{ object: "list", has_more: false, url: `/v1/accounts/${account.id}/external_accounts` },
    data: [bankAccount(account.id, bank)],
  };
}

/** The platform will not have it: it may neither charge nor be paid. */
export function rejectAccount(account: Account, reason: string, pausesPayouts: boolean): void {
  account.charges_enabled = false;
  if (pausesPayouts) account.payouts_enabled = false;
  const why = reason.startsWith("fraud")
    ? "platform_fraud"
    : reason === "terms_of_service"
      ? "platform_terms_of_service"
      : "platform_other";
  account.requirements = requirements([], `rejected.${why}`);
  account.capabilities = Object.fromEntries(
    Object.keys(account.capabilities ?? {}).map((name) => [name, "inactive" as const]),
  );
}
