import Stripe from "stripe";
import { AppError, isAppError } from "@/lib/errors";
import type { Attempts } from "./attempts";

/** Whether it happened is open. Nobody guesses: the same cause may be asked again, or the object looked up. */
export class StripeUnknown extends AppError {
  constructor(
    readonly idempotencyKey: string,
    cause: unknown,
  ) {
    super("outcome_unknown", "Stripe has not said whether this went through. It is being looked up.", {
      retryAfterSeconds: 5,
      cause,
    });
  }
}

/** Stripe understood and said no. It is for us to act on; its words are not for the reader. */
export class StripeRefused extends Error {
  override readonly name = "StripeRefused";
  readonly code: string | undefined;
  readonly status: number;
  readonly param: string | undefined;
  readonly requestId: string | undefined;

  constructor(error: Stripe.errors.StripeError) {
    super(error.message, { cause: error });
    this.code = error.code ?? (error.rawType === "idempotency_error" ? "idempotency_error" : undefined);
    this.status = error.statusCode ?? 400;
    this.param = error.param;
    this.requestId = error.requestId;
  }
}

/** By name and not by class: the server's bundle and Next's each hold a copy of this module. */
export const isStripeUnknown = (error: unknown): error is StripeUnknown =>
  isAppError(error) && error.code === "outcome_unknown";

export const isStripeRefused = (error: unknown, code?: string): error is StripeRefused =>
  error instanceof Error &&
  error.name === "StripeRefused" &&
  "code" in error &&
  (code === undefined || error.code === code);

export type Decline = {
  code: string;
  declineCode: string | undefined;
  message: string;
  paymentIntentId: string | undefined;
  chargeId: string | undefined;
};

/** Why a card was refused, and what it was refused for. */
export function declineOf(error: unknown): Decline | undefined {
  if (!isAppError(error) || error.code !== "card_declined") return undefined;
  const card = error.cause as Stripe.errors.StripeCardError; // `outcomeOf` sets no other cause with this code
  return {
    code: card.code ?? "card_declined",
    declineCode: card.decline_code || undefined,
    message: card.message,
    paymentIntentId: card.payment_intent?.id,
    chargeId: card.charge,
  };
}

const ASKED = [
  "invoice_payment_intent_requires_action",
  "subscription_payment_intent_requires_action",
  "authentication_required",
];

/** Whether the bank wants the payer to answer before it says yes. Nothing was refused. */
export const asksThePayer = (error: unknown): boolean => ASKED.includes(declineOf(error)?.code ?? "");

/** What an error of the SDK means here, in the light of every attempt before it. */
export function outcomeOf(error: unknown, attempts: Attempts): Error {
  if (!(error instanceof Stripe.errors.StripeError)) return asError(error);
  if (error instanceof Stripe.errors.StripeCardError) return declined(error);
  if (error instanceof Stripe.errors.StripeInvalidRequestError) return new StripeRefused(error);
  if (error instanceof Stripe.errors.StripeIdempotencyError) return new StripeRefused(error);

  if (attempts.idempotencyKey !== undefined && mayHaveHappened(error, attempts))
    return new StripeUnknown(attempts.idempotencyKey, error);
  if (error instanceof Stripe.errors.StripePermissionError) return new StripeRefused(error);
  return new AppError("unavailable", "Payments cannot be reached just now. Try again in a moment.", {
    retryAfterSeconds: 2,
    cause: error,
  });
}

/** An answer that the request itself brought about settles it; one that turned us away at the door does not. */
function mayHaveHappened(error: Stripe.errors.StripeError, { lost, answered }: Attempts): boolean {
  if (lost) return true;
  // The key is in use: its first request is still running.
  if (error.statusCode === 409) return true;
  if (error instanceof Stripe.errors.StripeConnectionError) return answered;
  // An answer that nobody can read says neither yes nor no.
  return error instanceof Stripe.errors.StripeAPIError && answered && (error.statusCode ?? 200) < 400;
}

function declined(error: Stripe.errors.StripeCardError): AppError {
  const details = { stripeCode: error.code, ...(error.decline_code && { declineCode: error.decline_code }) };
  return new AppError("card_declined", error.message, { details, cause: error });
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
