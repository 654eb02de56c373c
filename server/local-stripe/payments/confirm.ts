import { randomText } from "../store/ids";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { bind, checkIssuer } from "./attach";
import { type Behaviour, behaviourOfKey } from "./behaviours";
import { addCharge, bookCharge, HOLD_SECONDS } from "./charge";
import { DECLINES, type Decline } from "./declines";
import { transferForCharge } from "./destination";
import { isExpired } from "./expiry";
import { addMandate, type MandateInput } from "./mandate";
import { wantsQuestion } from "./method-options";
import { takeNext } from "./next-charge";
import { openDispute } from "./open-dispute";

type Intent = Kinds["payment_intent"];
type Method = Kinds["payment_method"];

export type Confirmation = {
  offSession: boolean;
  /** Confirmed by Stripe.js, which shows the bank's question in the page. */
  inBrowser: boolean;
  returnUrl?: string | undefined;
  refuseAction?: boolean | undefined;
  mandate?: MandateInput | string | undefined;
  /** An invoice waits for the holder where a single charge would be refused. */
  asksAnyway?: boolean;
};

/** How long a bank debit is on its way. */
const DEBIT_SECONDS = 4 * 86_400;

/** Tries to take the money. Afterwards the intent's status says how far it came; a decline is in `last_payment_error`. */
export async function confirmIntent(
  space: Space,
  intent: Intent,
  method: Method,
  confirmation: Confirmation,
): Promise<void> {
  intent.payment_method = method.id;
  intent.last_payment_error = null;
  intent.next_action = null;
  intent.processing = null;
  space.inner(intent).offSession = confirmation.offSession;

  if (method.type === "us_bank_account") return beginDebit(space, intent, method, confirmation.mandate);
  const asks = asksHolder(space, intent, method, confirmation);
  if (asks && ((confirmation.offSession && !confirmation.asksAnyway) || confirmation.refuseAction))
    return refuse(space, intent, method, DECLINES.authentication_required);
  if (asks) return askHolder(space, intent, confirmation);
  await takeMoney(space, intent, method);
}

function asksHolder(space: Space, intent: Intent, method: Method, { offSession }: Confirmation): boolean {
  if (space.inner(intent).authenticated) return false;
  const { asks } = behaviourOf(space, method);
  if (wantsQuestion(intent) && !offSession) return true;
  if (asks === "unless_set_up") return !(offSession && space.inner(method).setUp);
  return asks === "always" || (asks === "on_session" && !offSession);
}

function askHolder(space: Space, intent: Intent, { inBrowser, returnUrl }: Confirmation): void {
  intent.status = "requires_action";
  intent.next_action = actionFor(space, intent, inBrowser ? undefined : returnUrl);
  space.announce("payment_intent.requires_action", intent);
}

export function actionFor(
  space: Space,
  intent: { id: string; client_secret: string | null },
  returnUrl: string | undefined,
): Intent["next_action"] {
  const page = `${space.origin()}/_local/3ds/${intent.id}?client_secret=${intent.client_secret}`;
  if (returnUrl !== undefined)
    return { type: "redirect_to_url", redirect_to_url: { return_url: returnUrl, url: page } };
  return {
    type: "use_stripe_sdk",
    use_stripe_sdk: { type: "three_d_secure_redirect", source: `src_${randomText(24)}`, stripe_js: page },
  };
}

/** The bank's customer has answered. */
export async function answerHolder(space: Space, intent: Intent, passed: boolean): Promise<void> {
  const method = await space.own("payment_method", intent.payment_method ?? "");
  intent.next_action = null;
  if (!passed) {
    intent.last_payment_error = {
      code: "payment_intent_authentication_failure",
      doc_url: "https://docs.stripe.com/error-codes/payment-intent-authentication-failure",
      message:
        "The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.",
      payment_method: structuredClone(method),
      type: "invalid_request_error",
    };
    return end(space, intent);
  }
  space.inner(intent).authenticated = true;
  await takeMoney(space, intent, method);
}

async function takeMoney(space: Space, intent: Intent, method: Method): Promise<void> {
  const behaviour = behaviourOf(space, method);
  const next = await takeNext(space);
  const ownDecline = isExpired(method, space.now) ? "expired_card" : behaviour.decline;
  const decline = next.decline ?? (ownDecline && DECLINES[ownDecline]);
  if (decline) return refuse(space, intent, method, decline);

  const manual = intent.capture_method === "manual";
  const authenticated = space.inner(intent).authenticated === true;
  const charge = addCharge(space, intent, method, { status: "succeeded", captured: !manual, authenticated });
  intent.latest_charge = charge.id;
  space.inner(method).used = true;
  await save(space, intent, method, authenticated);
  if (manual) return hold(space, intent, charge);

  bookCharge(space, charge);
  await transferForCharge(space, charge);
  space.announce("charge.succeeded", charge);
  await succeed(space, intent, charge.amount);
  const dispute = next.dispute ?? behaviour.dispute;
  if (dispute) openDispute(space, charge, dispute);
}

export async function succeed(space: Space, intent: Intent, received: number): Promise<void> {
  intent.status = "succeeded";
  intent.amount_received = received;
  intent.amount_capturable = 0;
  intent.processing = null;
  space.announce("payment_intent.succeeded", intent);
  await space.react.intentSucceeded(space, intent);
}

function hold(space: Space, intent: Intent, charge: Kinds["charge"]): void {
  intent.status = "requires_capture";
  intent.amount_capturable = intent.amount;
  space.schedule("hold_expires", intent.id, space.now + HOLD_SECONDS);
  space.announce("charge.succeeded", charge);
  space.announce("payment_intent.amount_capturable_updated", intent);
}

/** A method used with `setup_future_usage` is kept for the customer. */
async function save(space: Space, intent: Intent, method: Method, authenticated: boolean): Promise<void> {
  if (!intent.setup_future_usage) return;
  if (authenticated) space.inner(method).setUp = true;
  if (intent.customer === null || method.customer !== null) return;
  bind(space, method, await space.own("customer", intent.customer));
}

async function refuse(space: Space, intent: Intent, method: Method, decline: Decline): Promise<void> {
  const charge = addCharge(space, intent, method, { status: "failed", captured: false, decline, authenticated: false });
  intent.latest_charge = charge.id;
  intent.last_payment_error = {
    ...(decline.advice_code !== undefined && { advice_code: decline.advice_code }),
    charge: charge.id,
    code: decline.code as NonNullable<Intent["last_payment_error"]>["code"] & string, // every code in the table is one of Stripe's
    decline_code: decline.decline_code,
    doc_url: `https://docs.stripe.com/error-codes/${decline.code.replaceAll("_", "-")}`,
    message: decline.message,
    payment_method: structuredClone(method),
    type: "card_error",
  };
  space.announce("charge.failed", charge);
  await end(space, intent);
}

async function end(space: Space, intent: Intent): Promise<void> {
  intent.status = "requires_payment_method";
  intent.payment_method = null;
  space.inner(intent).authenticated = false;
  space.announce("payment_intent.payment_failed", intent);
  await space.react.intentFailed(space, intent);
}

async function beginDebit(space: Space, intent: Intent, method: Method, given: Confirmation["mandate"]): Promise<void> {
  checkIssuer(space, method);
  const once = intent.setup_future_usage ? undefined : { amount: intent.amount, currency: intent.currency };
  const made =
    typeof given === "object" ? addMandate(space, { method, data: given, ...(once && { once }) }) : undefined;
  const mandate = typeof given === "string" ? given : made?.id;
  const charge = addCharge(space, intent, method, {
    ...{ status: "pending", captured: true, authenticated: false, ...(mandate !== undefined && { mandate }) },
  });
  intent.latest_charge = charge.id;
  intent.status = "processing";
  await save(space, intent, method, false);
  space.schedule("debit_settles", intent.id, space.now + DEBIT_SECONDS);
  space.announce("charge.pending", charge);
  space.announce("payment_intent.processing", intent);
  await space.react.intentProcessing(space, intent);
}

function behaviourOf(space: Space, method: Method): Partial<Behaviour> {
  return behaviourOfKey(space.inner(method).behaviour ?? "") ?? {};
}

/** Used when a debit comes back: the charge exists already. */
export async function failCharged(
  space: Space,
  intent: Intent,
  error: NonNullable<Intent["last_payment_error"]>,
): Promise<void> {
  intent.last_payment_error = error;
  await end(space, intent);
}
