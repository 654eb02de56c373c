import type { Params } from "../wire";
import { concluded, sendTyped } from "./confirm";
import type { OwnElement } from "./element";
import type { OwnElements } from "./elements";
import { errorOf, type Failed, type House, opened, pathOf, post } from "./house";
import { IntegrationError } from "./integration-error";
import type { Outcome } from "./outcome";

const NOT_THERE =
  "We could not retrieve data from the specified Element. Please make sure the Element you are attempting to use is still mounted.";

type Named = { elements?: OwnElements; element?: OwnElement; params?: Params };

/** A payment method of what is typed, or of what the page says. */
export async function createPaymentMethod(house: House, { elements, element, params = {} }: Named) {
  if (elements) return named("paymentMethod", await fromElements(elements, "/v1/payment_methods", params));
  if (!element) return named("paymentMethod", await post(house, "/v1/payment_methods", params));
  const line = element.line();
  if (!line) throw new IntegrationError(NOT_THERE);
  const { fault } = await line.check();
  if (fault) return { error: fault };
  const { card: _, ...rest } = params;
  return named("paymentMethod", await line.send("/v1/payment_methods", rest));
}

async function fromElements(elements: OwnElements, to: string, params: Params) {
  const submitted = await elements.submit();
  if ("error" in submitted) return submitted;
  const line = elements.find("payment")?.line();
  if (!line) throw new IntegrationError(NOT_THERE);
  return line.send(to, params);
}

export async function createConfirmationToken(house: House, { elements, params = {} }: Named) {
  if (!elements) return named("confirmationToken", await post(house, "/v1/confirmation_tokens", params));
  const answer = await sendTyped(elements, "/v1/confirmation_tokens", params, { caller: "createConfirmationToken" });
  return named("confirmationToken", answer);
}

export async function createToken(house: House, { element, params = {} }: Named) {
  if (!element) return named("token", await post(house, "/v1/tokens", params));
  const line = element.line();
  if (!line) throw new IntegrationError(NOT_THERE);
  const { fault } = await line.check();
  return fault ? { error: fault } : named("token", await line.send("/v1/tokens", { card: params }));
}

type CardConfirming = { secret: unknown; element: OwnElement | undefined; params: Params; caller: string };

/** The older way, which knows cards alone and never leaves the page. */
export async function confirmCard(house: House, { secret, element, params, caller }: CardConfirming): Promise<Outcome> {
  const { kind, id, secret: client_secret } = opened(secret, `${caller}()`);
  const to = `${pathOf(kind, id)}/confirm`;
  const common = { client_secret, key: house.key, use_stripe_sdk: true };
  const { payment_method, ...rest } = params;
  if (!element) {
    const answer = await post(house, to, {
      ...rest,
      ...common,
      ...(payment_method !== undefined && methodPart(payment_method)),
    });
    return concluded(house, answer, { caller, redirect: "if_required", returnUrl: undefined });
  }
  const line = element.line();
  if (!line) throw new IntegrationError(NOT_THERE);
  const { fault } = await line.check();
  if (fault) return { error: fault };
  const { card: _, ...payer } = payment_method as Params; // it named the element
  const answer = await line.send(to, { ...rest, ...common, payment_method_data: payer });
  return concluded(house, answer, { caller, redirect: "if_required", returnUrl: undefined });
}

const methodPart = (method: unknown): Params =>
  typeof method === "string"
    ? { payment_method: method }
    : { payment_method_data: { type: "card", ...(method as Params) } };

function named(name: string, answer: Awaited<ReturnType<typeof post>> | Failed) {
  if ("error" in answer) return answer;
  const error = errorOf(answer);
  return error ? { error } : { [name]: answer.body };
}
