import { defaultMethodOf } from "../customers/default-method";
import { confirmIntent } from "../payments/confirm";
import { DECLINES, isDeclineCode } from "../payments/declines";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";

type Invoice = Kinds["invoice"];
type Method = Kinds["payment_method"];

type Collected = "paid" | "declined" | "requires_action" | "processing" | "no method";

const SECONDS_PER_DAY = 86_400;
/** Days between the tries of an unpaid renewal. After the last, the account's setting decides. */
const RETRY_DAYS = [3, 5, 7];

/** The method an invoice is charged to: its own, its subscription's, the customer's. */
export async function methodFor(space: Space, invoice: Invoice): Promise<Method | undefined> {
  const subscription = invoice.parent?.subscription_details?.subscription;
  const parent = subscription ? await space.find("subscription", String(subscription)) : undefined;
  const customer = await space.own("customer", String(invoice.customer));
  const id = invoice.default_payment_method ?? defaultMethodOf(customer, parent);
  const method = id ? await space.find("payment_method", String(id)) : undefined;
  // One that was taken from the customer meanwhile pays nothing.
  return method?.customer === customer.id ? method : undefined;
}

/** Tries to take the money for an open invoice. What comes of it reaches the invoice through the intent. */
export async function collect(
  space: Space,
  invoice: Invoice,
  { method, offSession = true }: { method?: Method; offSession?: boolean } = {},
): Promise<Collected> {
  const chosen = method ?? (await methodFor(space, invoice));
  if (!chosen) {
    await unpaid(space, invoice);
    return "no method";
  }
  const intent = await space.own("payment_intent", space.inner(invoice).intent ?? "");
  await confirmIntent(space, intent, chosen, { offSession, inBrowser: true, asksAnyway: true });
  if (intent.status === "succeeded") return "paid";
  if (intent.status === "processing") return "processing";
  if (intent.status !== "requires_action") return "declined";
  space.announce("invoice.payment_action_required", invoice);
  await unpaid(space, invoice);
  return "requires_action";
}

/** A try has failed: say so, and when the next one is. */
export async function unpaid(space: Space, invoice: Invoice, declineCode?: string): Promise<void> {
  const before = invoice.attempt_count;
  invoice.attempted = true;
  invoice.attempt_count = before + 1;
  const hard = declineCode !== undefined && isDeclineCode(declineCode) && DECLINES[declineCode].hard;
  space.inner(invoice).hardDecline = hard;
  const days =
    invoice.billing_reason === "subscription_create" || !invoice.auto_advance ? undefined : RETRY_DAYS[before];
  invoice.next_payment_attempt = days === undefined ? null : space.now + days * SECONDS_PER_DAY;
  if (invoice.next_payment_attempt !== null)
    space.schedule("invoice_retries", invoice.id, invoice.next_payment_attempt);
  space.announce("invoice.payment_failed", invoice);
  await space.react.invoiceUnpaid(space, invoice);
}
