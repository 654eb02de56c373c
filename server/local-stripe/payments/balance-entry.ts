import { shareOf } from "../catalogue/decimal";
import { newStripeId } from "../store/ids";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";

type Entry = Kinds["balance_transaction"];
type Wanted = Pick<Entry, "amount" | "currency" | "type" | "reporting_category"> & {
  source: string;
  fee?: number;
  feeDescription?: string;
  /** What the platform keeps of a charge made on a connected account. */
  applicationFee?: number;
  description?: string | null;
  availableOn?: number;
};

const SECONDS_PER_DAY = 86_400;

/** Every movement of an account's money is one entry; the balance is their sum. */
export function addBalanceEntry(space: Space, wanted: Wanted): Entry {
  const {
    amount,
    currency,
    type,
    reporting_category,
    source,
    fee = 0,
    feeDescription = "Stripe processing fees",
    applicationFee = 0,
    availableOn = space.now,
  } = wanted;
  // A test clock is ahead of the account, whose balance knows one time only.
  if (availableOn > space.now && space.clock === null)
    space.schedule("balance_available", String(availableOn), availableOn);
  return space.add<"balance_transaction">({
    id: newStripeId("txn"),
    object: "balance_transaction",
    amount,
    available_on: availableOn,
    balance_type: "payments",
    created: space.now,
    currency,
    description: wanted.description ?? null,
    exchange_rate: null,
    fee: fee + applicationFee,
    fee_details: [
      {
        amount: applicationFee,
        application: "ca_local",
        currency,
        description: "Application fee",
        type: "application_fee",
      },
      { amount: fee, application: null, currency, description: feeDescription, type: "stripe_fee" },
    ].filter((part) => part.amount !== 0),
    net: amount - fee - applicationFee,
    reporting_category,
    source,
    status: availableOn <= space.now ? "available" : "pending",
    type,
  });
}

/** 2.9 % and 30 cents, as for a card in the United States. */
export const chargeFee = (amount: number): number => shareOf(amount, 29, 1_000) + 30;
export const DISPUTE_FEE = 1_500;

/** Two business days on, at midnight UTC. */
export function availableAfter(now: number): number {
  let at = Math.floor(now / SECONDS_PER_DAY) * SECONDS_PER_DAY;
  for (let days = 2; days > 0; ) {
    at += SECONDS_PER_DAY;
    const weekday = new Date(at * 1_000).getUTCDay();
    if (weekday !== 0 && weekday !== 6) days -= 1;
  }
  return at;
}
