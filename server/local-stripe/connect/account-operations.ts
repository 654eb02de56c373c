import { currencyCode } from "../http/currency";
import { refused } from "../http/errors";
import { listing } from "../http/list";
import { mergeMetadata, metadata } from "../http/metadata";
import { operation } from "../http/operation";
import { must, oneOf, opaque, parts, text, yesNo } from "../http/params";
import { previousAttributes } from "../store/changes";
import { randomText } from "../store/ids";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { balanceOf } from "./available";
import { addBank, bankOf, banksOf, externalAccount } from "./bank-account";
import { newAccount, rejectAccount } from "./build-account";
import { profile, profileOf } from "./business-profile";
import { capabilityOf, request } from "./capability";

type Account = Kinds["account"];
type Listed = NonNullable<Account["external_accounts"]>["data"];

const LINK_SECONDS = 300;

const facts = {
  ...{
    account_token: text(),
    business_profile: profile(),
    business_type: oneOf("company", "government_entity", "individual", "non_profit"),
    capabilities: opaque(),
  },
  ...{
    company: opaque(),
    default_currency: currencyCode(),
    documents: opaque(),
    email: text(),
    external_account: externalAccount(),
    individual: opaque(),
    metadata: metadata(),
  },
  ...{
    settings: parts({
      payouts: parts({
        schedule: parts({
          interval: oneOf("daily", "manual", "monthly", "weekly"),
          delay_days: opaque(),
          weekly_anchor: opaque(),
          monthly_anchor: opaque(),
        }),
        debit_negative_balances: yesNo(),
        statement_descriptor: text(),
      }),
      branding: opaque(),
      payments: opaque(),
      card_payments: opaque(),
      dashboard: opaque(),
    }),
  },
  ...{ tos_acceptance: opaque(), groups: opaque() },
};
const controller = parts({
  ...{
    fees: parts({ payer: oneOf("account", "application") }),
    losses: parts({ payments: oneOf("application", "stripe") }),
  },
  ...{
    requirement_collection: oneOf("application", "stripe"),
    stripe_dashboard: parts({ type: oneOf("express", "full", "none") }),
  },
});

export const accountOperations = [
  operation({
    on: "POST /v1/accounts",
    params: { ...facts, controller, country: text(2), type: oneOf("custom", "express", "standard") },
    async run({ space, params }) {
      if (params.type && params.controller)
        throw refused("You may only specify one of these parameters: type, controller.", { param: "type" });
      const account = space.add<"account">(
        newAccount({
          ...{
            now: space.now,
            country: params.country ?? "US",
            email: params.email ?? null,
            businessType: params.business_type ?? null,
          },
          ...{
            type: params.type ?? "none",
            capabilities: requested(params.capabilities),
            metadata: mergeMetadata(null, params.metadata),
          },
          manualPayouts: params.settings?.payouts?.schedule?.interval === "manual",
        }),
      );
      if (params.controller?.stripe_dashboard?.type && account.controller)
        account.controller.stripe_dashboard = { type: params.controller.stripe_dashboard.type };
      if (params.external_account !== undefined) addBank(account, bankOf(account.id, params.external_account), true);
      if (params.business_profile) account.business_profile = profileOf(account, params.business_profile);
      tell(space, account);
      return account;
    },
  }),
  operation({
    on: "POST /v1/accounts/{id}",
    params: facts,
    async run({ space, params, id }) {
      const account = await space.get("account", id);
      if (params.email !== undefined) account.email = params.email;
      if (params.business_type) account.business_type = params.business_type;
      const interval = params.settings?.payouts?.schedule?.interval;
      if (interval && account.settings?.payouts) account.settings.payouts.schedule.interval = interval;
      request(account, requested(params.capabilities));
      if (params.external_account !== undefined) {
        banksOf(account).splice(0);
        addBank(account, bankOf(id, params.external_account), true);
      }
      if (params.business_profile) account.business_profile = profileOf(account, params.business_profile);
      account.metadata = mergeMetadata(account.metadata ?? {}, params.metadata);
      tell(space, account);
      return account;
    },
  }),
  operation({
    on: "GET /v1/account",
    run: async ({ space }) => ({
      ...newAccount({
        now: 0,
        country: "US",
        email: null,
        type: "standard",
        businessType: null,
        capabilities: [],
        metadata: {},
        manualPayouts: false,
      }),
      id: space.account,
    }),
  }),
  operation({ on: "GET /v1/accounts/{id}", run: ({ space, id }) => space.get("account", id) }),
  operation({
    on: "DELETE /v1/accounts/{id}",
    async run({ space, id }) {
      const account = await space.get("account", id);
      const sums = await balanceOf(space.beside(id));
      if (sums.some(({ available, pending }) => available + pending !== 0))
        throw refused("This account still has a balance and cannot be deleted.");
      space.remove(account);
      return { id, object: "account", deleted: true };
    },
  }),
  listing({ on: "GET /v1/accounts", kind: "account" }),
  operation({
    on: "POST /v1/accounts/{id}/reject",
    params: {
      payouts_action: oneOf("none", "pause"),
      reason: must(
        oneOf(
          ...["credit", "fraud_no_intent_to_fulfill", "fraud_other", "fraud_payment_method_casher"],
          ...["fraud_payment_method_tester", "other", "terms_of_service"],
        ),
      ),
    },
    async run({ space, params, id }) {
      const account = await space.get("account", id);
      if (account.requirements?.disabled_reason?.startsWith("rejected."))
        throw refused("This account has already been rejected.");
      rejectAccount(account, params.reason, params.payouts_action !== "none");
      tell(space, account);
      return account;
    },
  }),
  operation({
    on: "POST /v1/account_links",
    params: {
      account: must(text()),
      collect: text(),
      collection_options: opaque(),
      refresh_url: text(),
      return_url: text(),
      type: must(oneOf("account_onboarding", "account_update")),
    },
    async run({ space, params }) {
      const account = await space.get("account", params.account);
      if (!params.refresh_url || !params.return_url)
        throw refused("You must pass `refresh_url` and `return_url`.", { param: "refresh_url" });
      const token = randomText(32);
      Object.assign(space.inner(account), {
        onboardingToken: token,
        returnUrl: params.return_url,
        refreshUrl: params.refresh_url,
        linkExpires: space.now + LINK_SECONDS,
      });
      return {
        object: "account_link",
        created: space.now,
        expires_at: space.now + LINK_SECONDS,
        url: `${space.origin()}/_local/onboarding/${space.account}/${account.id}/${token}`,
      };
    },
  }),
  operation({
    on: "POST /v1/accounts/{id}/login_links",
    async run({ space, id }) {
      const account = await space.get("account", id);
      if (!account.details_submitted)
        throw refused("Cannot create a login link for an account that has not completed onboarding.");
      return { object: "login_link", created: space.now, url: `${space.origin()}/_local/express/${account.id}` };
    },
  }),
];

function requested(capabilities: unknown): string[] {
  if (typeof capabilities !== "object" || capabilities === null) return [];
  return Object.entries(capabilities).flatMap(([name, asked]) =>
    typeof asked === "object" && asked !== null && "requested" in asked && asked.requested === "true" ? [name] : [],
  );
}

/** The platform hears of its connected accounts through its own endpoint for them: what they may do, their banks, and the rest. */
export function tell(space: Space, account: Account): void {
  const theirs = space.beside(account.id);
  const before = space.shown(account);
  const previous = previousAttributes(before, account);
  if (Object.keys(previous).length === 0) return;
  theirs.announce("account.updated", account, { previous });
  for (const name of changed(before.capabilities, account.capabilities)) {
    const capability = capabilityOf(account, name);
    theirs.announce("capability.updated", capability, { previous: { status: statusIn(before.capabilities, name) } });
  }
  tellBanks(theirs, (before.external_accounts as Account["external_accounts"])?.data ?? [], account); // it was an account when it was shown
  space.show(account);
}

function tellBanks(theirs: Space, before: Listed, account: Account): void {
  const after = account.external_accounts?.data ?? [];
  for (const bank of after) {
    const known = before.find(({ id }) => id === bank.id);
    if (!known) theirs.announce("account.external_account.created", bank);
    const previous = known && previousAttributes({ ...known }, { ...bank });
    if (previous && Object.keys(previous).length > 0)
      theirs.announce("account.external_account.updated", bank, { previous });
  }
  for (const bank of before)
    if (!after.some(({ id }) => id === bank.id)) theirs.announce("account.external_account.deleted", bank);
}

const changed = (before: unknown, after: unknown): string[] =>
  [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(
    (name) => statusIn(before, name) !== statusIn(after, name),
  );

const statusIn = (capabilities: unknown, name: string): unknown =>
  Object.entries(capabilities ?? {}).find(([key]) => key === name)?.[1] ?? "unrequested";
