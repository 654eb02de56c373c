import { shareOf } from "../catalogue/decimal";
import { noSuch, refused, type StripeRefusal } from "../http/errors";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";

type Invoice = Kinds["invoice"];
type Subscription = Kinds["subscription"];

/** To whom the money of an invoice goes on, and what the platform keeps of it. */
export type Onward = { destination?: string; amount?: number; fee?: number };

/** Percentages have at most two decimals. */
const partOf = (amount: number, percent: number): number => shareOf(amount, Math.round(percent * 100), 10_000);

export function onwardOf(space: Space, invoice: Invoice, subscription: Subscription | undefined): Onward {
  const own = space.inner(invoice).onward ?? {};
  const { transfer_data: sent, application_fee_percent: percent } = subscription ?? {};
  const share = sent?.amount_percent ?? null;
  return {
    ...(sent && { destination: String(sent.destination) }),
    ...(share !== null && { amount: partOf(invoice.amount_due, share) }),
    ...(percent && { fee: partOf(invoice.amount_due, percent) }),
    ...own,
  };
}

export async function judgeDestination(space: Space, id: string | undefined): Promise<void> {
  if (id !== undefined && !(await space.find("account", id)))
    throw noSuch("destination", id, "transfer_data[destination]");
}

export function judgeFeePercent(space: Space, percent: number | null | undefined, destination: unknown): void {
  if (!percent || destination || space.account !== space.root) return;
  throw refused(
    "Can only apply an application_fee_percent when the request is made on behalf of another account (using an OAuth key, the Stripe-Account header, or with transfer_data).",
    { param: "application_fee_percent" },
  );
}

/** A destination that may not receive is found out when the invoice is to be paid. */
export async function destinationProblem(space: Space, { destination }: Onward): Promise<StripeRefusal | undefined> {
  if (destination === undefined) return undefined;
  const account = await space.find("account", destination);
  if (account?.capabilities?.transfers === "active") return undefined;
  return refused(
    "Your destination account needs to have at least one of the following capabilities enabled: transfers, crypto_transfers, legacy_payments",
    { code: "transfers_not_allowed" },
  );
}
