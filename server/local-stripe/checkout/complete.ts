import { newCustomer } from "../customers/build";
import { refused } from "../http/errors";
import { bind } from "../payments/attach";
import { behaviourOfKey } from "../payments/behaviours";
import { confirmIntent } from "../payments/confirm";
import { addIntent } from "../payments/intent-build";
import { throwDecline } from "../payments/intent-confirm";
import { addSetup, confirmSetup } from "../payments/setup";
import type { CheckoutLine, Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { createSubscription } from "../subscriptions/create";
import { inSeenOrder } from "../subscriptions/in-order";
import type { Orders } from "./create";
import { invoicePurchase } from "./invoice";

type Session = Kinds["checkout.session"];
type Method = Kinds["payment_method"];
type Payer = { email: string | null; name: string | null };

/** What the customer does on the page: gives a method, and it is charged, set up or subscribed with. */
export function completeSession(
  space: Space,
  session: Session,
  method: Method | undefined,
  payer: Payer,
): Promise<Session> {
  return inSeenOrder(
    space,
    async () => {
      if (session.status !== "open")
        throw refused(`This Checkout Session is ${session.status}.`, { code: "checkout_session_not_open" });
      session.customer_details = {
        ...{
          address: null,
          business_name: null,
          email: payer.email ?? session.customer_email,
          individual_name: null,
          name: payer.name,
        },
        ...{ phone: null, tax_exempt: "none", tax_ids: [] },
      };
      if (session.mode === "payment") await pay(space, session, need(method));
      else if (session.mode === "setup") await setUp(space, session, need(method));
      else await subscribe(space, session, method);
      return session;
    },
    session.mode === "subscription" ? "subscription" : "purchase",
  );
}

function need(method: Method | undefined): Method {
  if (!method) throw refused("A payment method is required.", { param: "payment_method" });
  return method;
}

const ordersOf = (space: Space, session: Session): Orders => (space.inner(session).orders ?? {}) as Orders; // only `createSession` fills it

async function pay(space: Space, session: Session, method: Method): Promise<void> {
  const { payment_intent_data: data, payment_method_options } = ordersOf(space, session);
  if (session.customer === null && session.customer_creation === "always")
    session.customer = addCustomer(space, session).id;
  if (session.amount_total === 0) return finishSession(space, session, "no_payment_required");
  const intent =
    session.payment_intent === null
      ? await addIntent(space, {
          ...data,
          payment_method_options,
          amount: session.amount_total ?? 0,
          currency: session.currency ?? "usd",
          customer: session.customer ?? undefined,
        })
      : await space.own("payment_intent", session.payment_intent);
  if (session.payment_intent === null) space.announce("payment_intent.created", intent);
  session.payment_intent = intent.id;
  space.inner(intent).checkout = session.id;
  await confirmIntent(space, intent, method, { offSession: false, inBrowser: true });
  throwDecline(intent);
}

async function setUp(space: Space, session: Session, method: Method): Promise<void> {
  const { setup_intent_data: data } = ordersOf(space, session);
  const setup =
    session.setup_intent === null
      ? await addSetup(space, { ...data, customer: session.customer ?? undefined })
      : await space.own("setup_intent", session.setup_intent);
  session.setup_intent = setup.id;
  space.inner(setup).checkout = session.id;
  await confirmSetup(space, setup, method, undefined);
}

/** The subscription is made once the bank has agreed to the card, so it is active when it is born. */
async function subscribe(space: Space, session: Session, method: Method | undefined): Promise<void> {
  const customer =
    session.customer === null ? addCustomer(space, session) : await space.own("customer", session.customer);
  session.customer = customer.id;
  if (!method) {
    const free = session.payment_method_collection === "if_required" && session.amount_total === 0;
    if (!free) throw refused("A payment method is required.", { param: "payment_method" });
    return start(space, session, undefined);
  }
  if (method.customer === null) bind(space, method, customer);
  if (!asks(space, method)) return start(space, session, method);
  const setup = await addSetup(space, { customer: customer.id });
  space.inner(setup).checkout = session.id;
  space.inner(session).waitingFor = setup.id;
  await confirmSetup(space, setup, method, undefined);
}

async function start(space: Space, session: Session, method: Method | undefined, authenticated = false): Promise<void> {
  const { subscription_data: data, discounts } = ordersOf(space, session);
  const lines = space.inner(session).lines ?? [];
  const prices = await Promise.all(lines.map(({ price }) => space.own("price", price)));
  const recurring = lines.filter((_, index) => prices[index]?.recurring);
  const once = lines.filter((_, index) => !prices[index]?.recurring);
  const subscription = await createSubscription(space, {
    ...{
      customer: session.customer ?? "",
      items: recurring.map(orderOf),
      payment_behavior: "error_if_incomplete",
      authenticated,
    },
    ...{
      add_invoice_items: once.map(orderOf),
      discounts,
      default_payment_method: method?.id,
      default_tax_rates: data?.default_tax_rates,
      metadata: data?.metadata,
    },
    ...{
      description: data?.description,
      trial_end: data?.trial_end,
      trial_period_days: data?.trial_period_days,
      trial_settings: data?.trial_settings,
    },
    ...{
      billing_cycle_anchor: data?.billing_cycle_anchor,
      proration_behavior: data?.proration_behavior,
      transfer_data: data?.transfer_data,
      application_fee_percent: data?.application_fee_percent,
      billing_mode: data?.billing_mode,
      on_behalf_of: data?.on_behalf_of,
    },
  });
  session.subscription = subscription.id;
  session.invoice = subscription.latest_invoice;
  finishSession(space, session, session.amount_total === 0 ? "no_payment_required" : "paid");
}

const orderOf = ({ price, quantity, taxRates }: CheckoutLine) => ({
  ...{ price, quantity: quantity ?? undefined, tax_rates: taxRates },
});

function finishSession(space: Space, session: Session, payment: Session["payment_status"]): void {
  session.status = "complete";
  session.payment_status = payment;
  session.url = null;
  space.unschedule("checkout_expires", session.id);
  space.announce("checkout.session.completed", session);
}

function addCustomer(space: Space, session: Session): Kinds["customer"] {
  const { email = null, name = null } = session.customer_details ?? {};
  const customer = space.add({ ...newCustomer(space.now), email, name });
  space.announce("customer.created", customer);
  return customer;
}

/** Whether the bank wants its customer's word before the first charge. */
const asks = (space: Space, method: Method): boolean =>
  behaviourOfKey(space.inner(method).behaviour ?? "")?.asks !== undefined;

const sessionOf = (space: Space, id: string | undefined): Promise<Session | undefined> =>
  id === undefined ? Promise.resolve(undefined) : space.find("checkout.session", id);

export async function checkoutIntentSucceeded(space: Space, intent: Kinds["payment_intent"]): Promise<void> {
  const session = await sessionOf(space, space.inner(intent).checkout);
  if (!session) return;
  if (session.mode === "payment" && session.customer !== null)
    await invoicePurchase(space, session, intent, ordersOf(space, session));
  if (session.status === "open") return finishSession(space, session, "paid");
  session.payment_status = "paid";
  space.announce("checkout.session.async_payment_succeeded", session);
}

/** A bank debit is on its way: the customer is done, the money is not there. */
export async function checkoutIntentProcessing(space: Space, intent: Kinds["payment_intent"]): Promise<void> {
  const session = await sessionOf(space, space.inner(intent).checkout);
  if (session?.status === "open") finishSession(space, session, "unpaid");
}

export async function checkoutIntentFailed(space: Space, intent: Kinds["payment_intent"]): Promise<void> {
  const session = await sessionOf(space, space.inner(intent).checkout);
  if (session?.status === "complete") space.announce("checkout.session.async_payment_failed", session);
}

export async function checkoutSetupSucceeded(space: Space, setup: Kinds["setup_intent"]): Promise<void> {
  const session = await sessionOf(space, space.inner(setup).checkout);
  if (session?.status !== "open") return;
  if (session.mode === "setup") return finishSession(space, session, "no_payment_required");
  await start(space, session, await space.own("payment_method", setup.payment_method ?? ""), true);
}
