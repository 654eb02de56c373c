import type { StripeError } from "@stripe/stripe-js";
import type { GroupOptions } from "./elements";
import { errorOf, get, type House, opened, pathOf } from "./house";
import { IntegrationError } from "./integration-error";

/** What a group of elements may offer, or why it can offer nothing. */
export type Offer = { methods: string[]; keeps: boolean } | { error: StripeError };

/** What the local Stripe can take, most wanted first. */
const KNOWN_METHODS = ["card", "us_bank_account"];

/** Throws where the page's author has put together what does not belong together. */
export function judge(options: GroupOptions): void {
  if ("paymentMethodTypes" in options || "payment_method_types" in options)
    throw new IntegrationError(
      "Invalid value for elements(): paymentMethodTypes is no longer supported. Use allowedPaymentMethodTypes instead.",
    );
  if (options.clientSecret !== undefined && options.mode !== undefined)
    throw new IntegrationError("Invalid value for elements(): clientSecret and mode cannot be used together.");
  if (options.clientSecret !== undefined) opened(options.clientSecret, "elements()");
  if (options.mode !== undefined && options.mode !== "setup" && !(Number.isInteger(options.amount) && options.currency))
    throw new IntegrationError("Invalid value for elements(): amount and currency are needed for this mode.");
}

const ENDED = ["succeeded", "canceled", "processing", "requires_capture"];

/** Asks the API where there is an intent, and believes the page where there is none yet. */
export async function offerOf(house: House, options: GroupOptions): Promise<Offer> {
  const { clientSecret, mode, allowedPaymentMethodTypes, excludedPaymentMethodTypes = [], currency } = options;
  if (clientSecret === undefined) {
    const wanted = (allowedPaymentMethodTypes ?? KNOWN_METHODS).filter(
      (one) => !excludedPaymentMethodTypes.includes(one),
    );
    const keeps =
      mode === "setup" || mode === "subscription" || Boolean(options.setupFutureUsage ?? options.setup_future_usage);
    return { methods: takeable(wanted, currency ?? "usd"), keeps };
  }
  const { kind, id, secret } = opened(clientSecret, "elements()");
  const answer = await get(house, pathOf(kind, id), { client_secret: secret });
  const error = errorOf(answer);
  if (error) return { error };
  const { status, payment_method_types, currency: its = "usd", setup_future_usage } = answer.body;
  if (ENDED.includes(String(status))) return { error: ended(kind, String(status)) };
  const methods = takeable((payment_method_types as string[] | undefined) ?? [], String(its));
  return { methods, keeps: kind === "setup_intent" || Boolean(setup_future_usage) };
}

/** A debit from an American bank account is in dollars. */
const takeable = (wanted: string[], currency: string): string[] =>
  KNOWN_METHODS.filter((one) => wanted.includes(one) && (one === "card" || currency.toLowerCase() === "usd"));

function ended(kind: string, status: string): StripeError {
  const name = kind === "payment_intent" ? "PaymentIntent" : "SetupIntent";
  return {
    ...{ type: "invalid_request_error", code: `${kind}_unexpected_state` },
    message: `This ${name} is in a terminal state (${status}) and cannot be used to initialize Elements.`,
  };
}
