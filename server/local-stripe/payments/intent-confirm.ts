import { exclusive, explained, missing, refused, StripeRefusal } from "../http/errors";
import type { Raw } from "../http/form";
import { readParams } from "../http/params";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { methodNamed } from "./attach";
import { cardError } from "./card-error";
import { confirmIntent } from "./confirm";
import { methodOfConfirmation } from "./confirmation-token";
import { type MandateInput, mandateNamed } from "./mandate";
import { createMethod, methodFacts } from "./method-build";
import { applyOptions, type MethodOptions } from "./method-options";

type Intent = Kinds["payment_intent"];
type Method = Kinds["payment_method"];

export type Asked = {
  payment_method?: string | null | undefined;
  payment_method_data?: Raw | undefined;
  confirmation_token?: string | undefined;
  off_session?: boolean | undefined;
  return_url?: string | undefined;
  error_on_requires_action?: boolean | undefined;
  use_stripe_sdk?: boolean | undefined;
  mandate?: string | undefined;
  mandate_data?: MandateInput | null | undefined;
  payment_method_options?: MethodOptions | undefined;
};

/** The method that a request names or describes, if it does either. */
export async function methodAsked(space: Space, asked: Asked): Promise<Method | undefined> {
  if (asked.confirmation_token !== undefined) return methodOfConfirmation(space, asked.confirmation_token);
  if (asked.payment_method && asked.payment_method_data !== undefined)
    throw exclusive("payment_method", "payment_method_data");
  if (asked.payment_method) return methodNamed(space, asked.payment_method, "payment_method");
  if (asked.payment_method_data === undefined) return undefined;
  const raw = asked.payment_method_data;
  if (typeof raw === "string" || Array.isArray(raw)) throw refused("Invalid object", { param: "payment_method_data" });
  return createMethod(space, readParams(methodFacts, raw, "payment_method_data"));
}

/** A method of one customer cannot pay for another. */
export async function judgeMethod(space: Space, intent: { customer: string | null }, method: Method): Promise<void> {
  const inner = space.inner(method);
  if (method.customer === null && (inner.detached || inner.used)) {
    throw refused(
      "The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.",
      {
        code: "payment_method_unexpected_state",
      },
    );
  }
  if (method.customer === null || method.customer === intent.customer) return;
  throw refused(
    intent.customer === null
      ? `The PaymentMethod ${method.id} belongs to the Customer ${method.customer}. Please include the Customer in the \`customer\` parameter on the PaymentIntent.`
      : "The provided PaymentMethod does not belong to the supplied Customer.",
    { param: "payment_method" },
  );
}

const CONFIRMABLE: Intent["status"][] = ["requires_payment_method", "requires_confirmation", "requires_action"];

/** What `confirm` does, from a server or from a browser. A decline is thrown after it was recorded. */
export async function confirmAsked(space: Space, intent: Intent, asked: Asked, inBrowser: boolean): Promise<Intent> {
  if (!CONFIRMABLE.includes(intent.status))
    throw wrongState(intent, "confirm", { done: "confirmed", from: CONFIRMABLE });
  const method =
    (await methodAsked(space, asked)) ??
    (intent.payment_method === null ? undefined : await space.own("payment_method", intent.payment_method));
  if (!method) {
    throw refused(
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
      {
        code: "payment_intent_unexpected_state",
      },
    );
  }
  await judgeMethod(space, intent, method);
  if (!intent.payment_method_types.includes(method.type)) {
    throw refused(`The PaymentMethod provided (${method.type}) is not allowed for this PaymentIntent.`, {
      param: "payment_method",
    });
  }
  const redirects =
    intent.automatic_payment_methods?.enabled && intent.automatic_payment_methods.allow_redirects !== "never";
  if (redirects && !asked.return_url && !asked.off_session && !asked.use_stripe_sdk && !inBrowser)
    throw missingReturnUrl();

  applyOptions(intent, asked.payment_method_options);
  const mandate = asked.mandate === undefined ? asked.mandate_data : (await mandateNamed(space, asked.mandate)).id;
  await confirmIntent(space, intent, method, {
    mandate: mandate ?? undefined,
    offSession: asked.off_session ?? false,
    inBrowser: inBrowser || asked.use_stripe_sdk === true || asked.return_url === undefined,
    returnUrl: asked.return_url,
    refuseAction: asked.error_on_requires_action,
  });
  throwDecline(intent);
  return intent;
}

/** The error of an intent that was just declined. */
export function throwDecline(intent: Intent): void {
  const error = intent.last_payment_error;
  if (intent.status !== "requires_payment_method" || !error) return;
  throw cardError(
    {
      ...{ code: error.code ?? "card_declined", decline_code: error.decline_code ?? "", message: error.message ?? "" },
      ...(error.advice_code !== undefined && { advice_code: error.advice_code }),
    },
    {
      ...(error.charge !== undefined && { charge: error.charge }),
      payment_intent: intent,
      ...(error.payment_method && { payment_method: error.payment_method as Method }),
    },
  );
}

/** What cannot be done to an intent as it is; `only` names the states in which it could be, as Stripe's complaint does. */
export function wrongState(
  intent: Intent,
  verb: string,
  only?: { done: string; from: Intent["status"][] },
): StripeRefusal {
  const allowed = only
    ? ` Only a PaymentIntent with one of the following statuses may be ${only.done}: ${only.from.join(", ")}.`
    : "";
  return unexpected(
    intent,
    `You cannot ${verb} this PaymentIntent because it has a status of ${intent.status}.${allowed}`,
  );
}

export function unexpected(intent: Intent, message: string): StripeRefusal {
  return new StripeRefusal(400, {
    ...{ type: "invalid_request_error", ...explained("payment_intent_unexpected_state"), message },
    payment_intent: structuredClone(intent),
  });
}

const missingReturnUrl = (): StripeRefusal => {
  const { body } = missing("return_url");
  return new StripeRefusal(400, {
    ...{ type: body.type, param: "return_url" },
    message:
      "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.",
  });
};
