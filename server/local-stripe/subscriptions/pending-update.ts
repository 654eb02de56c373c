import { refused } from "../http/errors";
import { voidInvoice } from "../invoices/void";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { endOfPeriods, INCOMPLETE_SECONDS, scheduleNext } from "./build";

type Subscription = Kinds["subscription"];

/** What may be asked for together with a change that waits until it is paid. */
const ALLOWED = [
  ...["add_invoice_items", "billing_cycle_anchor", "discounts", "items", "metadata", "off_session"],
  ...["payment_behavior", "proration_behavior", "proration_date", "trial_end", "trial_from_plan"],
];

export function judgePending(params: object): void {
  const others = Object.entries(params).filter(([key, value]) => value !== undefined && !ALLOWED.includes(key));
  const [first] = others[0] ?? [];
  if (first === undefined) return;
  throw refused(`You cannot pass \`${first}\` when \`payment_behavior\` is \`pending_if_incomplete\`.`, {
    param: first,
  });
}

/** The change was not paid at once: the subscription is as it was, and the change waits for the money. */
export function holdChange(
  space: Space,
  subscription: Subscription,
  before: Subscription,
  invoice: Kinds["invoice"],
): void {
  const after = structuredClone(subscription);
  const { pending_update: _, latest_invoice: __, ...changed } = after;
  const expires = Math.min(space.now + INCOMPLETE_SECONDS, endOfPeriods(before));
  Object.assign(subscription, before, {
    latest_invoice: invoice.id,
    pending_update: {
      billing_cycle_anchor:
        after.billing_cycle_anchor === before.billing_cycle_anchor ? null : after.billing_cycle_anchor,
      cancel_at_period_end: null,
      discount: null,
      discounts: after.discounts,
      expires_at: expires,
      metadata: after.metadata,
      subscription_items: after.items.data,
      trial_end: after.trial_end === before.trial_end ? null : after.trial_end,
      trial_from_plan: null,
    },
  });
  space.inner(subscription).pending = { invoice: invoice.id, after: changed };
  space.schedule("pending_update_expires", subscription.id, expires);
}

export const waitsFor = (space: Space, subscription: Subscription, invoice: { id: string }): boolean =>
  space.inner(subscription).pending?.invoice === invoice.id;

/** The money has come: the change happens. */
export function applyPending(space: Space, subscription: Subscription): void {
  const { after } = space.inner(subscription).pending ?? {};
  delete space.inner(subscription).pending;
  if (!after) return;
  Object.assign(subscription, after, { pending_update: null });
  space.unschedule("pending_update_expires", subscription.id);
  scheduleNext(space, subscription);
  space.announce("customer.subscription.pending_update_applied", subscription);
}

/** The money has not come in time: there is no change, and nothing to pay for one. */
export async function expirePending(space: Space, subscription: Subscription): Promise<void> {
  const { pending } = space.inner(subscription);
  if (!pending || !subscription.pending_update) return;
  delete space.inner(subscription).pending;
  subscription.pending_update = null;
  space.unschedule("pending_update_expires", subscription.id);
  const invoice = await space.own("invoice", pending.invoice);
  if (invoice.status === "open") await voidInvoice(space, invoice);
  space.announce("customer.subscription.pending_update_expired", subscription);
  space.announceChange("customer.subscription.updated", subscription);
}
