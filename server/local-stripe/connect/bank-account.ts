import { currencyCode } from "../http/currency";
import { missing, noSuch, notBuilt, refused } from "../http/errors";
import { type Metadata, mergeMetadata, metadata } from "../http/metadata";
import { type Field, must, oneOf, parts, type Read, text } from "../http/params";
import { newStripeId, randomText } from "../store/ids";
import type { Kinds } from "../store/kinds";

type Account = Kinds["account"];
export type External = NonNullable<Account["external_accounts"]>["data"][number];

const TEST_ROUTING = "110000000";
const TEST_NUMBER = "000123456789";
/** Tokens that stand for a bank account, and what its number ends in. */
const TOKENS: Record<string, string> = {
  btok_us: TEST_NUMBER,
  btok_us_verified: TEST_NUMBER,
  btok_us_verified_noAccount: "000111111116",
};

const bankFacts = {
  object: must(oneOf("bank_account", "card")),
  account_holder_name: text(),
  account_holder_type: oneOf("company", "individual"),
  account_number: text(17),
  country: text(2),
  currency: currencyCode(),
  routing_number: text(9),
};
type BankInput = string | Read<typeof bankFacts>;

const described = parts({ ...bankFacts, metadata: metadata() });
export const externalAccount = (): Field<BankInput> => ({
  read: (raw, path) => (typeof raw === "string" ? text().read(raw, path) : described.read(raw, path)),
});

/** The bank account a request describes, or the one its token stands for. */
export function bankOf(
  account: string,
  input: BankInput,
  more: { metadata?: Metadata | null | undefined } = {},
): External {
  const bank = typeof input === "string" ? tokenised(input) : input;
  if (bank.object === "card") throw notBuilt("debit cards as external accounts");
  if (bank.account_number === undefined) throw missing("external_account[account_number]");
  if (bank.country !== undefined && bank.country !== "US") throw notBuilt("bank accounts outside the United States");
  if (bank.routing_number !== undefined && bank.routing_number !== TEST_ROUTING)
    throw refused("You must use a test bank account number and routing number.", {
      code: "routing_number_invalid",
      param: "external_account[routing_number]",
    });
  const { account_holder_name = null, account_holder_type = null, currency = "usd" } = bank;
  return {
    ...bankAccount(account, bank.account_number),
    ...{ account_holder_name, account_holder_type, currency, metadata: mergeMetadata(null, more.metadata) },
  };
}

function tokenised(token: string): Read<typeof bankFacts> {
  const account_number = TOKENS[token];
  if (account_number === undefined) throw noSuch("token", token, "external_account");
  return { object: "bank_account", account_number, country: "US", currency: "usd", routing_number: TEST_ROUTING };
}

export const bankAccount = (account: string, number: string) => ({
  ...{ id: newStripeId("ba"), object: "bank_account" as const, account, account_holder_name: null as string | null },
  ...{ account_holder_type: null as string | null, account_type: null as string | null },
  ...{ available_payout_methods: ["standard" as const], bank_name: "STRIPE TEST BANK", country: "US", currency: "usd" },
  ...{ default_for_currency: true, fingerprint: randomText(16), last4: number.slice(-4), metadata: {} },
  ...{ routing_number: TEST_ROUTING, status: "new", future_requirements: null, requirements: null },
});

/** The first bank account is where the money goes, until another is made the default. */
export function addBank(account: Account, bank: External, asDefault: boolean | undefined): void {
  const data = banksOf(account);
  bank.default_for_currency = false;
  data.push(bank);
  if (asDefault || data.length === 1) makeDefault(account, bank);
}

export function makeDefault(account: Account, bank: External): void {
  for (const one of banksOf(account)) if (one.currency === bank.currency) one.default_for_currency = one === bank;
}

export function banksOf(account: Account): External[] {
  account.external_accounts ??= {
    ...{ object: "list", data: [], has_more: false, url: `/v1/accounts/${account.id}/external_accounts` },
  };
  return account.external_accounts.data;
}
