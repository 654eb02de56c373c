import { noSuch } from "../http/errors";
import { type Metadata, mergeMetadata } from "../http/metadata";
import { clientSecretOf, newStripeId } from "../store/ids";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { bind } from "./attach";
import { behaviourOfKey } from "./behaviours";
import { cardError } from "./card-error";
import { actionFor } from "./confirm";
import { DECLINES, type Decline } from "./declines";
import { addMandate, type MandateInput } from "./mandate";
import { addAttempt, closeAttempt } from "./setup-attempt";

type Setup = Kinds["setup_intent"];
type Method = Kinds["payment_method"];

type NewSetup = {
  allowed_payment_method_types?: string[] | null | undefined;
  customer?: string | undefined;
  description?: string | null | undefined;
  metadata?: Metadata | null | undefined;
  usage?: "off_session" | "on_session" | undefined;
  automatic_payment_methods?: { allow_redirects?: "always" | "never" | undefined; enabled: boolean } | undefined;
};

export async function addSetup(space: Space, params: NewSetup): Promise<Setup> {
  if (params.customer !== undefined) {
    const customer = await space.find("customer", params.customer);
    if (!customer) throw noSuch("customer", params.customer, "customer");
    await space.follow(customer.test_clock);
  }
  const id = newStripeId("seti");
  const allowed = params.allowed_payment_method_types ?? null;
  const asked = params.automatic_payment_methods;
  const setup = space.add<"setup_intent">({
    id,
    object: "setup_intent",
    allowed_payment_method_types: allowed,
    application: null,
    automatic_payment_methods: allowed
      ? null
      : { enabled: asked?.enabled ?? true, allow_redirects: asked?.allow_redirects ?? "always" },
    cancellation_reason: null,
    client_secret: clientSecretOf(id),
    created: space.now,
    customer: params.customer ?? null,
    customer_account: null,
    description: params.description ?? null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    managed_payments: null,
    mandate: null,
    metadata: mergeMetadata(null, params.metadata),
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: { card: { mandate_options: null, network: null, request_three_d_secure: "automatic" } },
    payment_method_types: allowed ?? ["card", "us_bank_account"],
    single_use_mandate: null,
    status: "requires_payment_method",
    usage: params.usage ?? "off_session",
  });
  space.announce("setup_intent.created", setup);
  return setup;
}

/** Asks the bank to let this method be charged later. A refusal is thrown after it was recorded. */
export async function confirmSetup(
  space: Space,
  setup: Setup,
  method: Method,
  returnUrl: string | undefined,
  mandate?: MandateInput | null | undefined,
): Promise<void> {
  setup.payment_method = method.id;
  setup.last_setup_error = null;
  setup.next_action = null;
  const behaviour = behaviourOfKey(space.inner(method).behaviour ?? "");
  const inner = space.inner(setup);
  addAttempt(space, setup, method);
  if (mandate) setup.mandate = addMandate(space, { method, data: mandate })?.id ?? null;
  const asks = behaviour?.asks === "always" || behaviour?.asks === "unless_set_up" || behaviour?.asks === "on_session";
  if (asks && !inner.authenticated) {
    setup.status = "requires_action";
    setup.next_action = actionFor(space, setup, returnUrl) as Setup["next_action"]; // the two objects describe the same two actions
    await closeAttempt(space, setup);
    space.announce("setup_intent.requires_action", setup);
    return;
  }
  if (behaviour?.decline && !behaviour.attaches) return refuse(space, setup, method, DECLINES[behaviour.decline]);
  await succeed(space, setup, method);
}

export async function answerSetup(space: Space, setup: Setup, passed: boolean): Promise<void> {
  const method = await space.own("payment_method", setup.payment_method ?? "");
  setup.next_action = null;
  if (passed) {
    space.inner(setup).authenticated = true;
    return succeed(space, setup, method);
  }
  setup.last_setup_error = {
    ...{
      code: "setup_intent_authentication_failure",
      type: "invalid_request_error",
      payment_method: structuredClone(method),
    },
    doc_url: "https://docs.stripe.com/error-codes/setup-intent-authentication-failure",
    message: "The latest attempt to set up the payment method has failed because authentication failed.",
  };
  await fail(space, setup);
}

async function succeed(space: Space, setup: Setup, method: Method): Promise<void> {
  space.inner(method).setUp = true;
  if (setup.customer !== null && method.customer === null)
    bind(space, method, await space.own("customer", setup.customer));
  setup.status = "succeeded";
  await closeAttempt(space, setup);
  space.announce("setup_intent.succeeded", setup);
  await space.react.setupSucceeded(space, setup);
}

async function refuse(space: Space, setup: Setup, method: Method, decline: Decline): Promise<never> {
  setup.last_setup_error = {
    ...(decline.advice_code !== undefined && { advice_code: decline.advice_code }),
    code: decline.code as NonNullable<Setup["last_setup_error"]>["code"] & string, // every code in the table is one of Stripe's
    decline_code: decline.decline_code,
    doc_url: `https://docs.stripe.com/error-codes/${decline.code.replaceAll("_", "-")}`,
    message: decline.message,
    payment_method: structuredClone(method),
    type: "card_error",
  };
  await fail(space, setup);
  throw cardError(decline, { payment_method: method, setup_intent: setup });
}

async function fail(space: Space, setup: Setup): Promise<void> {
  setup.status = "requires_payment_method";
  await closeAttempt(space, setup);
  setup.payment_method = null;
  space.inner(setup).authenticated = false;
  space.announce("setup_intent.setup_failed", setup);
}
