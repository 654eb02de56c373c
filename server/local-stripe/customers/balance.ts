import { refused } from "../http/errors";
import { newStripeId } from "../store/ids";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";

type Movement = {
  amount: number;
  currency: string;
  type: Kinds["customer_balance_transaction"]["type"];
  description: string | null;
  metadata: Record<string, string>;
  invoice?: string;
};

/** Moves the customer's balance. Below zero is credit, above zero is owed. */
export function moveBalance(
  space: Space,
  customer: Kinds["customer"],
  movement: Movement,
): Kinds["customer_balance_transaction"] {
  pinCurrency(customer, movement.currency);
  customer.balance += movement.amount;
  return space.add({
    id: newStripeId("cbtxn"),
    object: "customer_balance_transaction",
    amount: movement.amount,
    checkout_session: null,
    created: space.now,
    credit_note: null,
    currency: movement.currency,
    customer: customer.id,
    customer_account: null,
    description: movement.description,
    ending_balance: customer.balance,
    invoice: movement.invoice ?? null,
    livemode: false,
    metadata: movement.metadata,
    type: movement.type,
  });
}

/** The first currency a customer is billed in stays. */
export function pinCurrency(customer: Kinds["customer"], currency: string): void {
  customer.currency ??= currency;
  if (customer.currency === currency) return;
  throw refused(
    `You cannot combine currencies on a single customer. This customer has an active subscription, subscription schedule, discount, quote, invoice item, or invoice with currency ${customer.currency}.`,
    { param: "currency" },
  );
}
