import { voidInvoice } from "../invoices/void";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { scheduleNext } from "./build";
import { endSubscription } from "./cancel";
import { goOn } from "./pause";
import { applyPending, expirePending, waitsFor } from "./pending-update";

type Invoice = Kinds["invoice"];
type Subscription = Kinds["subscription"];

const subscriptionOf = async (space: Space, invoice: Invoice): Promise<Subscription | undefined> => {
  const id = invoice.parent?.subscription_details?.subscription;
  return id ? space.find("subscription", String(id)) : undefined;
};

export async function subscriptionInvoicePaid(space: Space, invoice: Invoice): Promise<void> {
  await showDelinquency(space, invoice, false);
  const subscription = await subscriptionOf(space, invoice);
  if (!subscription) return;
  await keepMethod(space, subscription, invoice);
  if (waitsFor(space, subscription, invoice)) applyPending(space, subscription);
  if (subscription.status === "incomplete") {
    subscription.status = subscription.trial_end !== null && subscription.trial_end > space.now ? "trialing" : "active";
    space.unschedule("incomplete_expires", subscription.id);
    scheduleNext(space, subscription);
  }
  const recovers = subscription.status === "past_due" || subscription.status === "unpaid";
  if (recovers && subscription.latest_invoice === invoice.id) subscription.status = "active";
  if (subscription.status === "paused" && subscription.latest_invoice === invoice.id) goOn(space, subscription);
  // One that is just being created is announced by its creation.
  if (space.wasStored(subscription.id)) space.announceChange("customer.subscription.updated", subscription);
}

async function keepMethod(space: Space, subscription: Subscription, invoice: Invoice): Promise<void> {
  if (subscription.payment_settings?.save_default_payment_method !== "on_subscription") return;
  const id = space.inner(invoice).intent;
  if (id === undefined) return;
  const { payment_method } = await space.own("payment_intent", id);
  const method = payment_method === null ? undefined : await space.find("payment_method", payment_method);
  if (method?.customer === subscription.customer) subscription.default_payment_method = method.id;
}

/** A try has failed. The subscription is late, and after the last try the account's setting decides. */
export async function subscriptionInvoiceUnpaid(space: Space, invoice: Invoice): Promise<void> {
  const subscription = await subscriptionOf(space, invoice);
  if (!subscription || subscription.status === "incomplete" || waitsFor(space, subscription, invoice)) return;
  await showDelinquency(space, invoice, true);
  const late = subscription.status === "active" || subscription.status === "trialing";
  if (late) subscription.status = "past_due";
  space.announceChange("customer.subscription.updated", subscription);
  const exhausted =
    invoice.next_payment_attempt === null &&
    invoice.billing_reason === "subscription_cycle" &&
    invoice.auto_advance &&
    invoice.collection_method === "charge_automatically";
  if (exhausted && subscription.latest_invoice === invoice.id) await giveUp(space, subscription);
}

async function giveUp(space: Space, subscription: Subscription): Promise<void> {
  const [row] = await space.sql<
    { value: { finally: string } }[]
  >`select value from stripe_local.switches where account = ${space.root} and name = 'dunning'`;
  const then = row?.value.finally ?? "cancel";
  if (then === "cancel") return endSubscription(space, subscription, "payment_failed");
  if (then === "unpaid") subscription.status = "unpaid";
  space.announceChange("customer.subscription.updated", subscription);
}

/** Nobody paid in 23 hours: it never began. */
export async function expireIncomplete(space: Space, subscription: Subscription): Promise<void> {
  if (subscription.status !== "incomplete") return;
  subscription.status = "incomplete_expired";
  subscription.ended_at = space.now;
  scheduleNext(space, subscription);
  const invoice =
    subscription.latest_invoice === null ? undefined : await space.own("invoice", subscription.latest_invoice);
  if (invoice?.status === "open") await voidInvoice(space, invoice);
  space.announceChange("customer.subscription.updated", subscription);
}

/** `unpaid` ends when the invoice that made it so is written off or voided; a change that waited for it never comes. */
export async function subscriptionInvoiceEnded(space: Space, invoice: Invoice): Promise<void> {
  await showDelinquency(space, invoice, false);
  const subscription = await subscriptionOf(space, invoice);
  if (subscription && waitsFor(space, subscription, invoice)) return expirePending(space, subscription);
  if (!subscription || subscription.latest_invoice !== invoice.id) return;
  if (subscription.status === "past_due" && invoice.status === "void") subscription.status = "active";
  space.announceChange("customer.subscription.updated", subscription);
}

async function showDelinquency(space: Space, invoice: Invoice, delinquent: boolean): Promise<void> {
  if (invoice.collection_method !== "charge_automatically") return;
  const customer = await space.own("customer", String(invoice.customer));
  customer.delinquent = delinquent;
  space.announceChange("customer.updated", customer);
}

/** A card that was collected for a subscription becomes its default. */
export async function subscriptionSetupSucceeded(space: Space, setup: Kinds["setup_intent"]): Promise<void> {
  const { subscription: id } = space.inner(setup);
  const subscription = id === undefined ? undefined : await space.find("subscription", id);
  if (!subscription) return;
  subscription.pending_setup_intent = null;
  subscription.default_payment_method = setup.payment_method;
  space.announceChange("customer.subscription.updated", subscription);
}
