import type Stripe from "stripe";
import { shareOf } from "../catalogue/decimal";
import type { InvoiceLine } from "../store/kinds";
import type { TaxRate } from "./named";

type Tax = NonNullable<InvoiceLine["taxes"]>[number];
type Exemption = Stripe.Customer.TaxExempt | null | undefined;

/** Percentages have at most four decimals. */
const WHOLE = 1_000_000;
const millionths = ({ percentage }: TaxRate): number => Math.round(percentage * (WHOLE / 100));

const reasonOf = (exemption: Exemption): Tax["taxability_reason"] =>
  exemption === "exempt" ? "customer_exempt" : exemption === "reverse" ? "reverse_charge" : "not_available";

/**
 * What each rate takes of an amount, rounded once for each line and rate. An inclusive
 * rate is inside the amount, and an exclusive one comes on top of what is left of it.
 */
export function taxesOf(amount: number, rates: TaxRate[], exemption: Exemption = "none"): Tax[] {
  const inside = rates.filter(({ inclusive }) => inclusive).reduce((sum, rate) => sum + millionths(rate), 0);
  const taxed = exemption !== "exempt" && exemption !== "reverse";
  const included = rates.map((rate) =>
    taxed && rate.inclusive ? shareOf(amount, millionths(rate), WHOLE + inside) : 0,
  );
  const taxable = amount - included.reduce((sum, one) => sum + one, 0);
  return rates.map((rate, index) => ({
    amount: rate.inclusive ? (included[index] ?? 0) : taxed ? shareOf(taxable, millionths(rate), WHOLE) : 0,
    tax_behavior: rate.inclusive ? "inclusive" : "exclusive",
    tax_rate_details: { tax_rate: rate.id },
    taxability_reason: reasonOf(exemption),
    taxable_amount: taxed ? taxable : 0,
    type: "tax_rate_details",
  }));
}

export const sumOf = (taxes: readonly Tax[], behavior?: Tax["tax_behavior"]): number =>
  taxes.reduce((sum, tax) => (behavior === undefined || tax.tax_behavior === behavior ? sum + tax.amount : sum), 0);

/** The taxes of many lines, one entry for each rate. */
export function together(taxes: readonly Tax[]): Tax[] {
  const totals = new Map<string, Tax>();
  for (const tax of taxes) {
    const key = tax.tax_rate_details?.tax_rate ?? "";
    const total = totals.get(key);
    if (!total) {
      totals.set(key, structuredClone(tax));
      continue;
    }
    total.amount += tax.amount;
    total.taxable_amount = (total.taxable_amount ?? 0) + (tax.taxable_amount ?? 0);
  }
  return [...totals.values()];
}
