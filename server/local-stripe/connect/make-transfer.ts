import { noSuch, refused } from "../http/errors";
import { addBalanceEntry } from "../payments/balance-entry";
import { newStripeId } from "../store/ids";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { availableBalance } from "./available";

type Transfer = Kinds["transfer"];

type Wanted = {
  amount: number;
  currency: string;
  destination: string;
  source: Kinds["charge"] | undefined;
  transferGroup: string | null;
  description: string | null;
  metadata: Record<string, string>;
};

/** Moves money from the platform to a connected account. Drawn on a charge it waits for that charge's funds; otherwise it needs them now. */
export async function makeTransfer(space: Space, wanted: Wanted): Promise<Transfer> {
  const { amount, currency, destination, source } = wanted;
  const account = await space.find("account", destination);
  if (!account) throw noSuch("destination", destination, "destination");
  if (account.capabilities?.transfers !== "active") {
    throw refused(
      "Your destination account needs to have at least one of the following capabilities enabled: transfers, crypto_transfers, legacy_payments",
      { code: "insufficient_capabilities_for_transfer" },
    );
  }
  await judgeFunds(space, wanted);

  const id = newStripeId("tr");
  const availableOn = source?.balance_transaction
    ? (await space.own("balance_transaction", source.balance_transaction)).available_on
    : space.now;
  const entry = addBalanceEntry(space, {
    amount: -amount,
    currency,
    type: "transfer",
    reporting_category: "transfer",
    source: id,
    availableOn,
  });
  const paymentId = newStripeId("py");
  const theirs = space.beside(destination);
  const received = addBalanceEntry(theirs, {
    amount,
    currency,
    type: "payment",
    reporting_category: "charge",
    source: paymentId,
    availableOn,
  });
  const transfer = space.add<"transfer">({
    id,
    object: "transfer",
    amount,
    amount_reversed: 0,
    balance_transaction: entry.id,
    created: space.now,
    currency,
    description: wanted.description,
    destination,
    destination_payment: paymentId,
    livemode: false,
    metadata: wanted.metadata,
    reversals: { object: "list", data: [], has_more: false, url: `/v1/transfers/${id}/reversals` },
    reversed: false,
    source_transaction: source?.id ?? null,
    source_type: "card",
    transfer_group: wanted.transferGroup ?? source?.transfer_group ?? null,
  });
  if (source) space.inner(source).transferred = (space.inner(source).transferred ?? 0) + amount;
  addReceived(theirs, transfer, paymentId, received.id);
  space.announce("transfer.created", transfer);
  return transfer;
}

async function judgeFunds(space: Space, { amount, currency, source }: Wanted): Promise<void> {
  if (amount < 1)
    throw refused("This value must be greater than or equal to 1.", {
      code: "parameter_invalid_integer",
      param: "amount",
    });
  if (source) {
    const left = source.amount_captured - (space.inner(source).transferred ?? 0);
    if (amount > left)
      throw refused(
        `Transfers using this transaction as a source must not exceed the source amount of ${source.amount_captured}.`,
        { param: "amount" },
      );
    return;
  }
  if (amount <= (await availableBalance(space, currency))) return;
  throw refused(
    "You have insufficient available funds in your Stripe account. Try adding funds directly to your available balance by creating Charges using the 4000000000000077 test card. See: https://docs.stripe.com/testing#available-balance",
    { code: "balance_insufficient" },
  );
}

/** What the connected account sees: a payment without a card. */
function addReceived(theirs: Space, transfer: Transfer, id: string, entry: string): void {
  const nowhere = {
    address: { city: null, country: null, line1: null, line2: null, postal_code: null, state: null },
    email: null,
    name: null,
    phone: null,
    tax_id: null,
  };
  const payment = theirs.add<"charge">({
    ...{
      id,
      object: "charge",
      amount: transfer.amount,
      amount_captured: transfer.amount,
      amount_refunded: 0,
      application: null,
      application_fee: null,
    },
    ...{
      application_fee_amount: null,
      balance_transaction: entry,
      billing_details: nowhere,
      calculated_statement_descriptor: null,
      captured: true,
    },
    ...{
      created: theirs.now,
      currency: transfer.currency,
      customer: null,
      description: null,
      disputed: false,
      failure_balance_transaction: null,
    },
    ...{
      failure_code: null,
      failure_message: null,
      fraud_details: {},
      livemode: false,
      metadata: {},
      on_behalf_of: null,
      outcome: null,
      paid: true,
    },
    ...{
      payment_intent: null,
      payment_method: null,
      payment_method_details: null,
      receipt_email: null,
      receipt_number: null,
      receipt_url: null,
    },
    ...{
      refunded: false,
      review: null,
      shipping: null,
      source: null,
      source_transfer: transfer.id,
      statement_descriptor: null,
    },
    ...{ statement_descriptor_suffix: null, status: "succeeded", transfer_data: null, transfer_group: null },
  });
  theirs.announce("payment.created", payment);
}
