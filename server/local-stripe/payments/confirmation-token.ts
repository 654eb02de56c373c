import { missing, noSuch, refused } from "../http/errors";
import type { Raw } from "../http/form";
import { operation } from "../http/operation";
import { oneOf, opaque, readParams, text } from "../http/params";
import { newStripeId } from "../store/ids";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { methodNamed } from "./attach";
import { createMethod, methodFacts } from "./method-build";

type Token = Kinds["confirmation_token"];

const KEPT_SECONDS = 12 * 3_600;

const facts = {
  payment_method: text(),
  payment_method_data: opaque(),
  payment_method_options: opaque(),
  return_url: text(),
  setup_future_usage: oneOf("off_session", "on_session"),
  shipping: opaque(),
};

export const confirmationOperations = [
  operation({
    on: "POST /v1/test_helpers/confirmation_tokens",
    params: facts,
    run: ({ space, params }) => addToken(space, params),
  }),
  operation({
    // What Stripe.js calls for `createConfirmationToken`.
    on: "POST /v1/confirmation_tokens",
    open: true,
    params: { ...facts, key: text(), client_context: opaque() },
    run: ({ space, params }) => addToken(space, params),
  }),
  operation({
    on: "GET /v1/confirmation_tokens/{id}",
    run: ({ space, id }) => space.get("confirmation_token", id),
  }),
];

type Asked = {
  payment_method?: string | undefined;
  payment_method_data?: Raw | undefined;
  return_url?: string | undefined;
  setup_future_usage?: "off_session" | "on_session" | undefined;
};

async function addToken(space: Space, asked: Asked): Promise<Token> {
  const method = await described(space, asked);
  const { allow_redisplay, billing_details, card, us_bank_account, type } = method;
  return space.add<"confirmation_token">(
    {
      id: newStripeId("ctoken"),
      object: "confirmation_token",
      created: space.now,
      expires_at: space.now + KEPT_SECONDS,
      livemode: false,
      mandate_data: null,
      metadata: null,
      payment_intent: null,
      payment_method_options: null,
      payment_method_preview: {
        ...(allow_redisplay && { allow_redisplay }),
        billing_details: structuredClone(billing_details),
        ...(card && { card: structuredClone(card) }),
        ...(us_bank_account && { us_bank_account: structuredClone(us_bank_account) }),
        customer: null,
        customer_account: null,
        type,
      },
      return_url: asked.return_url ?? null,
      setup_future_usage: asked.setup_future_usage ?? null,
      setup_intent: null,
      shipping: null,
      use_stripe_sdk: true,
    },
    { method: method.id },
  );
}

async function described(space: Space, asked: Asked): Promise<Kinds["payment_method"]> {
  if (asked.payment_method !== undefined) return methodNamed(space, asked.payment_method, "payment_method");
  const raw = asked.payment_method_data;
  if (raw === undefined) throw missing("payment_method");
  if (typeof raw === "string" || Array.isArray(raw)) throw refused("Invalid object", { param: "payment_method_data" });
  return createMethod(space, readParams(methodFacts, raw, "payment_method_data"));
}

/** The method a token stands for. It is used once. */
export async function methodOfConfirmation(space: Space, id: string): Promise<Kinds["payment_method"]> {
  const token = await space.find("confirmation_token", id);
  if (!token) throw noSuch("confirmation token", id, "confirmation_token");
  const inner = space.inner(token);
  if (inner.used || (token.expires_at ?? 0) <= space.now)
    throw refused("This confirmation token was used already or has expired.", { param: "confirmation_token" });
  inner.used = true;
  return space.own("payment_method", inner.method ?? "");
}
