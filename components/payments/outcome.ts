import type { StripeError } from "@stripe/stripe-js";
import type { StripeRefusal } from "./refusal-words";

/** How it ended. `processing` is a bank debit on its way: promised, and not there yet. */
export type Outcome = { state: "succeeded" | "processing"; intentId: string };

type Intent = { id: string; status: string };
type Result = {
  paymentIntent?: Intent | undefined;
  setupIntent?: Intent | undefined;
  error?: StripeError | undefined;
};

export type Judged =
  | { kind: "done"; outcome: Outcome }
  | { kind: "refused"; refusal: StripeRefusal }
  /** The fields have said it themselves. */
  | { kind: "unfinished" };

const DONE: Record<string, Outcome["state"]> = {
  succeeded: "succeeded",
  requires_capture: "succeeded",
  processing: "processing",
};

/** What Stripe.js answered, in the three ways that a form can go on. */
export function judge({ paymentIntent, setupIntent, error }: Result): Judged {
  const intent = paymentIntent ?? setupIntent ?? endedIn(error);
  const state = intent && DONE[intent.status];
  if (intent && state) return { kind: "done", outcome: { state, intentId: intent.id } };
  if (error?.type === "validation_error") return { kind: "unfinished" };
  return { kind: "refused", refusal: error ?? { type: "api_error" } };
}

/** Confirming what has ended is an error that carries how it ended, so a lost answer is found again. */
const endedIn = (error: StripeError | undefined): Intent | undefined => error?.payment_intent ?? error?.setup_intent;
