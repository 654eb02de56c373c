import type { StripeError } from "@stripe/stripe-js";
import type { Params } from "../wire";
import { challenge } from "./challenge";
import { type Failed, type House, type Intent, retrieve } from "./house";

export type Outcome = { paymentIntent: Intent } | { setupIntent: Intent } | Failed;

const AUTHENTICATION = /_authentication_failure$/;
const NOT_AUTHENTICATED =
  "We are unable to authenticate your payment method. Please choose a different payment method and try again.";

/** Takes an intent as far as a browser can: through the bank's question, or to where the bank wants to ask it. */
export async function follow(house: House, intent: Intent, caller: string): Promise<{ intent: Intent } | Failed> {
  const action = intent.next_action as { type: string; redirect_to_url?: { url: string } } | null;
  if (intent.status !== "requires_action" || !action) return judged(intent);
  if (action.type === "redirect_to_url" && action.redirect_to_url) return leaveFor(action.redirect_to_url.url);
  await challenge(house, intent);
  const again = await retrieve(house, intent.client_secret, caller);
  return "error" in again ? again : judged(again.intent);
}

/** An intent that fell back has an error to tell. */
function judged(intent: Intent): { intent: Intent } | Failed {
  const error = (
    intent.object === "payment_intent" ? intent.last_payment_error : intent.last_setup_error
  ) as StripeError | null;
  if (intent.status !== "requires_payment_method" || !error) return { intent };
  const message = AUTHENTICATION.test(error.code ?? "") ? NOT_AUTHENTICATED : error.message;
  return { error: { ...error, ...(message !== undefined && { message }), [intent.object]: intent } };
}

/** The page is left, so the promise stays open. */
export function leaveFor(url: string): Promise<never> {
  location.assign(url);
  return new Promise(() => undefined);
}

/** Where the payer comes back to, with what happened in the address. */
export function returnAddress(returnUrl: string, { object, id, client_secret, status }: Intent): string {
  const url = new URL(returnUrl, location.href);
  url.searchParams.set(object, id);
  url.searchParams.set(`${object}_client_secret`, client_secret);
  url.searchParams.set("redirect_status", status === "processing" ? "pending" : "succeeded");
  return url.href;
}

export const asResult = (intent: Intent): Outcome =>
  intent.object === "payment_intent" ? { paymentIntent: intent } : { setupIntent: intent };

export type ConfirmParams = Params & { return_url?: string };
