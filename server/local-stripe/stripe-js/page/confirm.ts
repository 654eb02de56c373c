import type { Answer, Params } from "../wire";
import type { OwnElements } from "./elements";
import { errorOf, type Failed, type House, type Intent, opened, pathOf, post } from "./house";
import { IntegrationError } from "./integration-error";
import { asResult, type ConfirmParams, follow, leaveFor, type Outcome, returnAddress } from "./outcome";
import { judgeHidden, payerOf } from "./payer";

export type Confirming = {
  elements?: OwnElements;
  clientSecret?: string;
  confirmParams?: ConfirmParams;
  redirect?: "always" | "if_required";
};

type Caller = "confirmPayment" | "confirmSetup";

/** Pays, or sets up, with what is typed in the elements or with a method that the page names. */
export async function confirm(house: House, asked: Confirming, caller: Caller): Promise<Outcome> {
  const { elements, confirmParams = {}, redirect = "always" } = asked;
  const clientSecret = asked.clientSecret ?? elements?.options.clientSecret;
  if (redirect === "always" && !confirmParams.return_url)
    throw new IntegrationError(
      `When calling stripe.${caller}(), you must pass in a confirmParams.return_url unless redirect is "if_required".`,
    );
  const isLate = elements !== undefined && elements.options.clientSecret === undefined;
  if (isLate && !elements.isSubmitted())
    throw new IntegrationError(`elements.submit() must be called before stripe.${caller}().`);
  const { kind, id, secret } = opened(clientSecret, `${caller}()`);
  if (kind !== (caller === "confirmPayment" ? "payment_intent" : "setup_intent"))
    throw new IntegrationError(`stripe.${caller}() cannot be called with the client secret of a ${kind}.`);

  const to = `${pathOf(kind, id)}/confirm`;
  const common = { client_secret: secret, key: house.key, use_stripe_sdk: true };
  const answer = elements
    ? await sendTyped(elements, to, { ...confirmParams, ...common }, { caller, isChecked: isLate })
    : await post(house, to, { ...confirmParams, ...common });
  if ("error" in answer) return answer;
  return concluded(house, answer, { caller, redirect, returnUrl: confirmParams.return_url });
}

type Concluding = { caller: string; redirect: "always" | "if_required"; returnUrl: string | undefined };

/** From the API's answer to what the page gets to hear, or to the page after it. */
export async function concluded(
  house: House,
  answer: Answer,
  { caller, redirect, returnUrl }: Concluding,
): Promise<Outcome> {
  const error = errorOf(answer);
  if (error) return { error };
  const done = await follow(house, answer.body as Intent, caller); // confirming answers with the intent
  if ("error" in done) return done;
  if (redirect === "always" && returnUrl) return leaveFor(returnAddress(returnUrl, done.intent));
  return asResult(done.intent);
}

type How = { caller: string; isChecked?: boolean };

/** Checks what is typed, adds what is known of the payer, and has the frame send it. */
export async function sendTyped(
  elements: OwnElements,
  to: string,
  params: Params,
  { caller, isChecked }: How,
): Promise<Answer | Failed> {
  const line = elements.find("payment")?.line();
  if (!line)
    throw new IntegrationError(
      "We could not retrieve data from the specified Element. Please make sure the Element you are attempting to use is still mounted and ready.",
    );
  const { billing, shipping } = payerOf(elements, params);
  judgeHidden(elements, billing, caller);
  if (!isChecked) {
    const submitted = await elements.submit();
    if ("error" in submitted) return submitted;
  }
  return line.send(to, {
    ...params,
    ...(shipping && to.includes("/payment_intents/") && { shipping }),
    payment_method_data: { ...(params.payment_method_data as Params | undefined), billing_details: billing },
  });
}
