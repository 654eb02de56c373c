import { openOf } from "../invoices/tax-lines";
import type { InvoiceLine, Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { addMovement, type Grant, grantsInOrder, leftOf } from "./balance";

type Invoice = Kinds["invoice"];

/** Uses a customer's credit for the metered lines of an invoice, after its discounts. Says what it came to. */
export async function applyCredits(space: Space, invoice: Invoice, lines: InvoiceLine[]): Promise<number> {
  let applied = 0;
  for (const grant of await grantsInOrder(space, String(invoice.customer))) {
    if (grant.amount.monetary?.currency !== invoice.currency) continue;
    let left = await leftOf(space, grant);
    for (const line of lines) {
      const value = Math.min(left, (await fits(space, grant, line)) ? Math.max(openOf(line), 0) : 0);
      if (value <= 0) continue;
      const movement = addMovement(space, { type: "debit", grant, value, invoice: invoice.id, line: line.id });
      const entry = {
        amount: value,
        credit_balance_transaction: movement.id,
        type: "credit_balance_transaction" as const,
      };
      line.pretax_credit_amounts = [...(line.pretax_credit_amounts ?? []), entry];
      invoice.total_pretax_credit_amounts = [...(invoice.total_pretax_credit_amounts ?? []), entry];
      left -= value;
      applied += value;
    }
  }
  return applied;
}

async function fits(space: Space, grant: Grant, line: InvoiceLine): Promise<boolean> {
  const id = line.pricing?.price_details?.price;
  if (!id) return false;
  const price = await space.own("price", String(id));
  if (price.recurring?.usage_type !== "metered") return false;
  const { prices } = grant.applicability_config.scope;
  return !prices || prices.length === 0 || prices.some((one) => one.id === price.id);
}
