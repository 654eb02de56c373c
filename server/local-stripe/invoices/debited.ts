import type { InvoiceLine, Kinds } from "../store/kinds";
import type { Space } from "../store/space";

type Subscription = Kinds["subscription"];

/** Remembers what each item of a subscription was really debited, so that no more than that is ever given back. */
export async function rememberDebits(space: Space, subscription: Subscription, lines: InvoiceLine[]): Promise<void> {
  const found: NonNullable<ReturnType<typeof debitsOf>> = {};
  for (const line of lines) {
    const item = await itemOf(space, line);
    if (item === undefined || line.amount <= 0) continue;
    const off = (line.discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0);
    const sum = found[item]?.start === line.period.start ? (found[item]?.net ?? 0) : 0;
    found[item] = { net: sum + line.amount - off, start: line.period.start, end: line.period.end };
  }
  const inner = space.inner(subscription);
  inner.debited = { ...inner.debited, ...found };
}

const debitsOf = (space: Space, subscription: Subscription) => space.inner(subscription).debited;

/** What was debited for an item for the time that now runs, if an invoice has said so. */
export function debitedFor(space: Space, subscription: Subscription, item: string, at: number) {
  const debit = debitsOf(space, subscription)?.[item];
  return debit && debit.start <= at && at < debit.end ? debit : undefined;
}

/** A change of price that is not billed yet: what was debited before says nothing about it. */
export function forgetDebit(space: Space, subscription: Subscription, item: string): void {
  const { [item]: _, ...others } = debitsOf(space, subscription) ?? {};
  space.inner(subscription).debited = others;
}

async function itemOf(space: Space, { parent }: InvoiceLine): Promise<string | undefined> {
  const sold = parent?.subscription_item_details?.subscription_item;
  if (sold) return sold;
  const id = parent?.invoice_item_details?.invoice_item;
  const added = id ? await space.find("invoiceitem", id) : undefined;
  return added && space.inner(added).item;
}
