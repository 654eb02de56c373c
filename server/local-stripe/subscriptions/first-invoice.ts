import { defaultMethodOf } from "../customers/default-method";
import { refused } from "../http/errors";
import { autoFinalize } from "../invoices/auto-finalize";
import { addInvoice } from "../invoices/build";
import { collect } from "../invoices/collect";
import { finalizeInvoice } from "../invoices/finalize";
import { pendingItems } from "../invoices/items";
import { lineOfInvoiceItem } from "../invoices/lines";
import type { InvoiceLine, Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { discountsOf, INCOMPLETE_SECONDS } from "./build";
import { firstLines } from "./first-lines";
import { insist } from "./insist";
import type { NewSubscription } from "./new-subscription";
import { addOneTime } from "./one-time";

type Subscription = Kinds["subscription"];
type Customer = Kinds["customer"];

/** Makes the first invoice, and pays it if that is the caller's wish. */
export async function firstInvoice(
  space: Space,
  subscription: Subscription,
  customer: Customer,
  params: NewSubscription,
): Promise<void> {
  const trialing = subscription.trial_end !== null;
  subscription.status = trialing ? "trialing" : "active";
  await addOneTime(space, subscription, params.add_invoice_items ?? []);
  const items = await pendingItems(space, customer.id, subscription.id);
  const lines: InvoiceLine[] = [
    ...items.map(lineOfInvoiceItem),
    ...(await firstLines(space, subscription, params.proration_behavior ?? "create_prorations")),
  ];
  // A subscription of nothing but usage has nothing to bill yet.
  if (lines.length === 0) return;

  const invoice = await addInvoice(space, {
    ...{
      customer,
      subscription,
      reason: "subscription_create",
      lines,
      discounts: discountsOf(subscription, customer),
      currency: subscription.currency,
    },
    ...{
      period: { start: space.now, end: space.now },
      autoAdvance: true,
      collection: subscription.collection_method,
      daysUntilDue: subscription.days_until_due,
    },
  });
  for (const item of items) item.invoice = invoice.id;
  subscription.latest_invoice = invoice.id;
  space.announce("invoice.created", invoice);
  if (subscription.collection_method === "send_invoice") return autoFinalize(space, invoice);

  const due = invoice.amount_due > 0;
  const behavior = params.payment_behavior ?? "allow_incomplete";
  if (due) subscription.status = "incomplete";
  invoice.auto_advance = false;
  await finalizeInvoice(space, invoice);
  if (!due) return;
  if (params.authenticated)
    space.inner(await space.own("payment_intent", space.inner(invoice).intent ?? "")).authenticated = true;
  if (behavior !== "default_incomplete")
    await payFirst(space, subscription, invoice, {
      offSession: params.off_session ?? false,
      insists: behavior === "error_if_incomplete",
    });
  if (isIncomplete(subscription)) space.schedule("incomplete_expires", subscription.id, space.now + INCOMPLETE_SECONDS);
}

async function payFirst(
  space: Space,
  subscription: Subscription,
  invoice: Kinds["invoice"],
  { offSession, insists }: { offSession: boolean; insists: boolean },
): Promise<void> {
  const customer = await space.own("customer", String(subscription.customer));
  if (defaultMethodOf(customer, subscription) === null) {
    throw refused(
      "This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://docs.stripe.com/billing/subscriptions/payment-methods-setting.",
      { code: "resource_missing" },
    );
  }
  const collected = await collect(space, invoice, { offSession });
  if (!insists || collected === "paid" || collected === "processing") return;
  await insist(space, invoice);
}

const isIncomplete = ({ status }: { status: string }): boolean => status === "incomplete";
