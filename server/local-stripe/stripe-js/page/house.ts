import type { StripeError } from "@stripe/stripe-js";
import { ask } from "../ask";
import type { Answer, Params } from "../wire";
import { IntegrationError } from "./integration-error";

/** The local Stripe that this script came from, and the key that the page gave. */
export type House = { origin: string; key: string };

export type Failed = { error: StripeError };
export type IntentKind = "payment_intent" | "setup_intent";
export type Intent = Params & { id: string; object: IntentKind; status: string; client_secret: string };

export const get = (house: House, to: string, params: object): Promise<Answer> =>
  ask({ ...house, method: "GET", to, params });
export const post = (house: House, to: string, params: object): Promise<Answer> =>
  ask({ ...house, method: "POST", to, params });

/** The error of an answer, if it is one. */
export function errorOf({ status, body }: Answer): StripeError | undefined {
  if (status >= 200 && status < 300) return undefined;
  return body.error as StripeError; // every other answer of the API is an error envelope
}

export const pathOf = (kind: IntentKind, id: string): string => `/v1/${kind}s/${id}`;

const KINDS: Record<string, IntentKind> = { pi: "payment_intent", seti: "setup_intent" };

/** Which intent a client secret opens. */
export function opened(secret: unknown, caller: string): { kind: IntentKind; id: string; secret: string } {
  const match = typeof secret === "string" ? /^((pi|seti)_\w+?)_secret_\w+$/.exec(secret) : null;
  const kind = KINDS[match?.[2] ?? ""];
  if (!match?.[1] || !kind)
    throw new IntegrationError(
      `Invalid value for stripe.${caller}: clientSecret should be a client secret of the form \${id}_secret_\${secret}. You specified: ${String(secret)}.`,
    );
  return { kind, id: match[1], secret: String(secret) };
}

export async function retrieve(house: House, secret: string, caller: string): Promise<{ intent: Intent } | Failed> {
  const { kind, id } = opened(secret, caller);
  const answer = await get(house, pathOf(kind, id), { client_secret: secret });
  const error = errorOf(answer);
  return error ? { error } : { intent: answer.body as Intent }; // the API answered with what was asked for
}
