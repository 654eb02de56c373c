import { createHash } from "node:crypto";
import { address, addressOf } from "../customers/address";
import { emailAddress } from "../http/email";
import { missing, noSuch, notBuilt } from "../http/errors";
import { mergeMetadata, metadata } from "../http/metadata";
import { clearable, integer, must, oneOf, opaque, parts, type Read, text } from "../http/params";
import { newStripeId } from "../store/ids";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import {
  type BankBehaviour,
  type Behaviour,
  bankBehaviourOf,
  behaviourOfKey,
  behaviourOfName,
  keyOf,
} from "./behaviours";
import { checkCard } from "./card-check";

type Method = Kinds["payment_method"];

export const billing = () =>
  parts({
    address: clearable(address()),
    email: clearable(emailAddress()),
    name: clearable(text()),
    phone: clearable(text()),
    tax_id: text(),
  });
const cardFacts = {
  cvc: text(4),
  exp_month: integer(),
  exp_year: integer(),
  networks: opaque(),
  number: text(24),
  token: text(),
};
const bankFacts = {
  account_holder_type: oneOf("company", "individual"),
  account_number: text(17),
  account_type: oneOf("checking", "savings"),
  financial_connections_account: text(),
  routing_number: text(9),
};

export const methodFacts = {
  allow_redisplay: oneOf("always", "limited", "unspecified"),
  billing_details: billing(),
  card: parts(cardFacts),
  metadata: metadata(),
  radar_options: opaque(),
  type: must(oneOf("card", "us_bank_account", "link")),
  us_bank_account: parts(bankFacts),
};
export type MethodInput = Read<typeof methodFacts>;

export async function createMethod(space: Space, input: MethodInput, at = ""): Promise<Method> {
  const method = input.type === "card" ? await cardFrom(space, input, at) : bankFrom(space, input, at);
  const { billing_details: details } = input;
  if (details) {
    method.billing_details = {
      ...method.billing_details,
      ...(details.address && { address: addressOf(details.address) }),
      ...{ email: details.email ?? null, name: details.name ?? null, phone: details.phone ?? null },
    };
  }
  if (input.allow_redisplay) method.allow_redisplay = input.allow_redisplay;
  method.metadata = mergeMetadata(null, input.metadata);
  return method;
}

async function cardFrom(space: Space, { card }: MethodInput, at: string): Promise<Method> {
  if (!card) throw missing(`${at}card`);
  if (card.token !== undefined) return cardOfToken(space, card.token, `${at}card[token]`);
  if (card.number === undefined) throw missing(`${at}card[number]`);
  if (card.exp_month === undefined) throw missing(`${at}card[exp_month]`);
  if (card.exp_year === undefined) throw missing(`${at}card[exp_year]`);
  const { number, exp_month, exp_year, cvc } = card;
  const behaviour = checkCard({ number, exp_month, exp_year, cvc }, new Date(space.now * 1_000));
  return addCard(space, behaviour, { exp_month, exp_year: exp_year < 100 ? exp_year + 2_000 : exp_year });
}

async function cardOfToken(space: Space, token: string, param: string): Promise<Method> {
  const named = token.startsWith("tok_") ? behaviourOfName(token.slice("tok_".length)) : undefined;
  if (named) return addCard(space, named);
  const found = await space.find("token", token);
  const kept = found && behaviourOfKey(String(found.card?.metadata?.behaviour ?? ""));
  if (!found || !kept) throw noSuch("token", token, param);
  found.used = true;
  return addCard(space, kept);
}

/** A test name stands for a template: each use makes a fresh method. */
export function methodOfName(space: Space, name: string): Method | undefined {
  const card = behaviourOfName(name.replace(/^pm_card_/, ""));
  if (name.startsWith("pm_card_") && card) return addCard(space, card);
  const bank = bankBehaviourOf(name.replace(/^pm_/, ""));
  return name.startsWith("pm_") && bank ? addBank(space, bank, {}) : undefined;
}

const EMPTY_ADDRESS = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };

const blank = (space: Space): Omit<Method, "type"> => ({
  id: newStripeId("pm"),
  object: "payment_method",
  allow_redisplay: "unspecified",
  billing_details: { address: EMPTY_ADDRESS, email: null, name: null, phone: null, tax_id: null },
  created: space.now,
  customer: null,
  customer_account: null,
  livemode: false,
  metadata: {},
});

/** Of a card that is known by a test name alone. */
const YEARS_LEFT = 2;

function addCard(space: Space, behaviour: Behaviour, expiry?: { exp_month: number; exp_year: number }): Method {
  const { brand, number, funding = "credit", country = "US" } = behaviour;
  const body: Method = {
    ...blank(space),
    card: {
      brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: null },
      country,
      display_brand: brand === "amex" ? "american_express" : brand,
      exp_month: expiry?.exp_month ?? new Date(space.now * 1_000).getUTCMonth() + 1,
      exp_year: expiry?.exp_year ?? new Date(space.now * 1_000).getUTCFullYear() + YEARS_LEFT,
      fingerprint: createHash("sha256").update(`${space.account} ${number}`).digest("base64url").slice(0, 16),
      funding,
      generated_from: null,
      last4: number.slice(-4),
      networks: { available: [brand], preferred: null },
      regulated_status: "unregulated",
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    type: "card",
  };
  return space.add<"payment_method">(body, { behaviour: keyOf(behaviour) });
}

function bankFrom(space: Space, input: MethodInput, at: string): Method {
  if (input.type !== "us_bank_account") throw notBuilt(`payment methods of type ${input.type}`);
  const bank = input.us_bank_account;
  if (!bank?.account_number) throw missing(`${at}us_bank_account[account_number]`);
  if (bank.routing_number !== "110000000")
    throw noSuch("bank", bank.routing_number ?? "", `${at}us_bank_account[routing_number]`);
  const behaviour = bankBehaviourOf(bank.account_number);
  if (!behaviour)
    throw noSuch("test account", `…${bank.account_number.slice(-4)}`, `${at}us_bank_account[account_number]`);
  return addBank(space, behaviour, bank);
}

function addBank(
  space: Space,
  behaviour: BankBehaviour,
  { account_holder_type = "individual", account_type = "checking" }: Read<typeof bankFacts> | Record<string, undefined>,
): Method {
  const body: Method = {
    ...blank(space),
    type: "us_bank_account",
    us_bank_account: {
      account_holder_type,
      account_type,
      bank_name: "STRIPE TEST BANK",
      financial_connections_account: null,
      fingerprint: createHash("sha256").update(`${space.account} ${behaviour.number}`).digest("base64url").slice(0, 16),
      last4: behaviour.number.slice(-4),
      networks: { preferred: "ach", supported: ["ach"] },
      routing_number: "110000000",
      status_details: null,
    },
  };
  return space.add<"payment_method">(body, { behaviour: behaviour.number });
}
