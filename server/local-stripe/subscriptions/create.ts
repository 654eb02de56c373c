import { defaultMethodOf } from "../customers/default-method";
import { noSuch, refused } from "../http/errors";
import { mergeMetadata } from "../http/metadata";
import { redeem } from "../invoices/discount";
import { addSetup } from "../payments/setup";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { ratesNamed } from "../taxes/named";
import { addItem } from "./add-item";
import { newSubscription, SECONDS_PER_DAY, scheduleNext } from "./build";
import { ending } from "./ending";
import { firstInvoice } from "./first-invoice";
import { inSeenOrder } from "./in-order";
import { isMetered, rhythmOf } from "./items";
import type { NewSubscription } from "./new-subscription";
import { periodAt } from "./periods";
import { sendOn } from "./send-on";
import { settlePayment } from "./settle-payment";
import { warnOfTrialEnd } from "./trial";

type Subscription = Kinds["subscription"];
type Customer = Kinds["customer"];

const MOST_ITEMS = 20;

/** Starts a subscription, with its first invoice. What happens when that cannot be paid at once is the caller's choice. */
export function createSubscription(space: Space, params: NewSubscription): Promise<Subscription> {
  return inSeenOrder(space, async () => {
    const customer = await space.find("customer", params.customer);
    if (!customer) throw noSuch("customer", params.customer, "customer");
    await space.follow(customer.test_clock);
    const subscription = await assemble(space, customer, params);
    await firstInvoice(space, subscription, customer, params);
    await collectLater(space, subscription, customer);
    warnOfTrialEnd(space, subscription);
    scheduleNext(space, subscription);
    space.announce("customer.subscription.created", subscription);
    return subscription;
  });
}

async function assemble(space: Space, customer: Customer, params: NewSubscription): Promise<Subscription> {
  if (params.items.length === 0 || params.items.length > MOST_ITEMS)
    throw refused(`A subscription has between 1 and ${MOST_ITEMS} items.`, { param: "items" });
  if (params.payment_behavior === "pending_if_incomplete")
    throw refused("`pending_if_incomplete` is only for updates.", { param: "payment_behavior" });
  const trialEnd = trialEndOf(space, params);
  const start = startOf(space, params);
  const anchor = trialEnd ?? params.billing_cycle_anchor ?? start;
  if (anchor < start) throw refused("billing_cycle_anchor must be in the future.", { param: "billing_cycle_anchor" });
  const subscription = space.add(newSubscription(space, customer, anchor));
  subscription.start_date = start;
  if (params.billing_mode?.type === "classic") subscription.billing_mode = { flexible: null, type: "classic" };
  for (const [index, input] of params.items.entries())
    await addItem(space, subscription, input, { at: `items[${index}]`, anchor, trialEnd, from: start });
  const [first] = subscription.items.data;
  if (
    anchor > space.now &&
    trialEnd === undefined &&
    first &&
    anchor > periodAt(space.now, rhythmOf(first.price), space.now).end
  ) {
    throw refused("billing_cycle_anchor cannot be later than the next natural billing date.", {
      param: "billing_cycle_anchor",
    });
  }

  subscription.currency = first?.price.currency ?? "usd";
  subscription.metadata = mergeMetadata(null, params.metadata);
  subscription.description = params.description ?? null;
  subscription.collection_method = params.collection_method ?? "charge_automatically";
  subscription.days_until_due = params.days_until_due ?? null;
  if (subscription.collection_method === "send_invoice" && params.days_until_due === undefined)
    throw refused("You must pass `days_until_due` for `send_invoice`.", { param: "days_until_due" });
  settlePayment(subscription, params.payment_settings);
  if (params.trial_settings)
    subscription.trial_settings = {
      end_behavior: { billing_cycle_anchor: null, ...params.trial_settings.end_behavior },
    };
  await sendOn(space, subscription, params);
  subscription.default_payment_method = await methodOf(space, customer, params.default_payment_method);
  subscription.default_source = await methodOf(space, customer, params.default_source, "default_source");
  subscription.discounts = (
    await redeem(space, params.discounts ?? [], { customer: customer.id, subscription: subscription.id })
  ).map(({ id }) => id);
  subscription.default_tax_rates = await ratesNamed(space, params.default_tax_rates, "default_tax_rates");
  if (trialEnd !== undefined) Object.assign(subscription, { trial_start: space.now, trial_end: trialEnd });
  ending(space, subscription, params);
  return subscription;
}

function startOf(space: Space, { backdate_start_date: date }: NewSubscription): number {
  if (date === undefined) return space.now;
  if (date > space.now) throw refused("`backdate_start_date` must be in the past.", { param: "backdate_start_date" });
  return date;
}

function trialEndOf(space: Space, { trial_end, trial_period_days }: NewSubscription): number | undefined {
  if (trial_end === "now") return undefined;
  if (trial_end !== undefined) {
    if (trial_end <= space.now)
      throw refused("Invalid timestamp: must be an integer Unix timestamp in the future.", { param: "trial_end" });
    return trial_end;
  }
  return trial_period_days ? space.now + trial_period_days * SECONDS_PER_DAY : undefined;
}

async function methodOf(
  space: Space,
  customer: Customer,
  id: string | undefined,
  param = "default_payment_method",
): Promise<string | null> {
  if (id === undefined) return null;
  const method = await space.find("payment_method", id);
  if (method?.customer === customer.id) return id;
  throw noSuch("PaymentMethod", id, param);
}

/** Where nothing is due now but something will be, a card is collected through a setup. */
async function collectLater(space: Space, subscription: Subscription, customer: Customer): Promise<void> {
  if (subscription.collection_method !== "charge_automatically" || isIncomplete(subscription)) return;
  if (defaultMethodOf(customer, subscription) !== null) return;
  const invoice =
    subscription.latest_invoice === null ? undefined : await space.own("invoice", subscription.latest_invoice);
  const free = subscription.items.data.every((item) => !isMetered(item.price) && item.price.unit_amount === 0);
  if (free || (invoice && invoice.amount_paid > 0)) return;
  const setup = await addSetup(space, { customer: customer.id, usage: "off_session" });
  space.inner(setup).subscription = subscription.id;
  subscription.pending_setup_intent = setup.id;
}

const isIncomplete = ({ status }: { status: string }): boolean => status === "incomplete";
