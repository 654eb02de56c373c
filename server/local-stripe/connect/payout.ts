import { refused } from "../http/errors";
import { addBalanceEntry } from "../payments/balance-entry";
import { newStripeId } from "../store/ids";
import type { Kinds } from "../store/kinds";
import type { Work } from "../store/run-due";
import type { Space } from "../store/space";
import { availableBalance } from "./available";

type Payout = Kinds["payout"];

type Wanted = {
  amount: number;
  currency: string;
  description: string | null;
  method: "instant" | "standard";
  metadata: Record<string, string>;
  descriptor: string | null;
};

const LEAVES_SECONDS = 3_600;
const ARRIVES_SECONDS = 2 * 86_400;
/** The bank account with these last digits takes nothing. */
const CLOSED_BANK = "1116";

/** Sends available money to the account's bank. */
export async function addPayout(space: Space, wanted: Wanted): Promise<Payout> {
  const { amount, currency } = wanted;
  if (amount < 1) throw refused("This value must be greater than or equal to 1.", { param: "amount" });
  if (amount > (await availableBalance(space, currency)))
    throw refused("You have insufficient funds in your Stripe account for this payout.", {
      code: "balance_insufficient",
    });
  const bank = await bankOf(space);
  const id = newStripeId("po");
  const entry = addBalanceEntry(space, {
    amount: -amount,
    currency,
    type: "payout",
    reporting_category: "payout",
    source: id,
  });
  const payout = space.add<"payout">({
    ...{
      id,
      object: "payout",
      amount,
      application_fee: null,
      application_fee_amount: null,
      arrival_date: space.now + ARRIVES_SECONDS,
      automatic: false,
    },
    ...{
      balance_transaction: entry.id,
      created: space.now,
      currency,
      description: wanted.description,
      destination: bank?.id ?? null,
    },
    ...{
      failure_balance_transaction: null,
      failure_code: null,
      failure_message: null,
      livemode: false,
      metadata: wanted.metadata,
      method: wanted.method,
    },
    ...{
      original_payout: null,
      payout_method: null,
      reconciliation_status: "not_applicable",
      reversed_by: null,
      source_type: "card",
      statement_descriptor: wanted.descriptor,
    },
    ...{ status: "pending", trace_id: null, type: "bank_account" },
  });
  space.schedule("payout_leaves", id, space.now + LEAVES_SECONDS);
  space.announce("payout.created", payout);
  return payout;
}

export function cancelPayout(space: Space, payout: Payout): Payout {
  if (payout.status !== "pending")
    throw refused(`Payout ${payout.id} has a status of ${payout.status} and cannot be canceled.`);
  payout.status = "canceled";
  giveBack(space, payout, "payout_cancel");
  space.unschedule("payout_leaves", payout.id);
  space.announce("payout.canceled", payout);
  return payout;
}

/** Asks the bank to send a payout back. What it was stays as it is; a payout of its own brings the money. */
export async function reversePayout(space: Space, payout: Payout, metadata: Record<string, string>): Promise<Payout> {
  if (payout.status !== "paid")
    throw refused(`Payout ${payout.id} has a status of ${payout.status} and cannot be reversed.`);
  if (payout.reversed_by !== null) throw refused(`Payout ${payout.id} has been reversed already.`);
  if (payout.original_payout !== null) throw refused("A payout that reverses another cannot be reversed.");
  const id = newStripeId("po");
  const arrives = space.now + LEAVES_SECONDS + ARRIVES_SECONDS;
  const entry = addBalanceEntry(space, {
    ...{ amount: payout.amount, currency: payout.currency, type: "payout_reversal" as const, source: id },
    ...{ reporting_category: "payout_reversal" as const, availableOn: arrives },
  });
  const reversal = space.add<"payout">({
    ...structuredClone(payout),
    ...{ id, amount: -payout.amount, arrival_date: arrives, balance_transaction: entry.id, created: space.now },
    ...{ metadata, original_payout: payout.id, status: "pending" },
  });
  payout.reversed_by = id;
  space.schedule("payout_leaves", id, space.now + LEAVES_SECONDS);
  space.announce("payout.created", reversal);
  space.announceChange("payout.updated", payout);
  return reversal;
}

async function bankOf(space: Space): Promise<{ id: string; last4: string | null } | undefined> {
  if (space.account === space.root) return undefined;
  const account = await space.beside(space.root).find("account", space.account);
  const banks = account?.external_accounts?.data ?? [];
  const bank = banks.find(({ default_for_currency }) => default_for_currency) ?? banks[0];
  return bank && "last4" in bank ? { id: bank.id, last4: bank.last4 ?? null } : undefined;
}

function giveBack(space: Space, payout: Payout, type: "payout_cancel" | "payout_failure"): string {
  return addBalanceEntry(space, {
    amount: payout.amount,
    currency: payout.currency,
    type,
    reporting_category: "payout_reversal",
    source: payout.id,
  }).id;
}

export const payoutWork: Work = {
  async payout_leaves(space, id) {
    const payout = await space.find("payout", id);
    if (payout?.status !== "pending") return;
    payout.status = "in_transit";
    space.schedule("payout_arrives", id, payout.arrival_date);
    space.announceChange("payout.updated", payout);
  },
  async payout_arrives(space, id) {
    const payout = await space.find("payout", id);
    if (payout?.status !== "in_transit") return;
    if ((await bankOf(space))?.last4 === CLOSED_BANK) return failPayout(space, payout);
    payout.status = "paid";
    space.announce("payout.paid", payout);
  },
};

export function failPayout(space: Space, payout: Payout): void {
  payout.status = "failed";
  payout.failure_code = "account_closed";
  payout.failure_message = "The bank account has been closed.";
  payout.failure_balance_transaction = giveBack(space, payout, "payout_failure");
  space.announce("payout.failed", payout);
}
