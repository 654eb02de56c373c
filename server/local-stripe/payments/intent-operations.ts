import { shippingOf } from "../customers/address";
import { paymentForBrowser } from "../http/browser-view";
import { emailAddress } from "../http/email";
import { exclusive, noSuch, notThere, refused } from "../http/errors";
import { listing } from "../http/list";
import { mergeMetadata, metadata } from "../http/metadata";
import { operation } from "../http/operation";
import { clearable, integer, must, oneOf, opaque, parts, text, yesNo } from "../http/params";
import { searching } from "../http/search";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { cancelIntent } from "./cancel-intent";
import { captureIntent } from "./capture";
import { answerHolder } from "./confirm";
import { incrementHold } from "./increment";
import { addIntent, intentFacts, judgeAmount, newIntentFacts, offSession, oldMethodTypes } from "./intent-build";
import { confirmAsked, judgeMethod, methodAsked, wrongState } from "./intent-confirm";
import { mandateData } from "./mandate";
import { applyOptions, methodOptions } from "./method-options";

type Intent = Kinds["payment_intent"];

export const intentOperations = [
  operation({
    on: "POST /v1/payment_intents",
    params: newIntentFacts,
    async run({ space, params }) {
      if (params.off_session && !params.confirm)
        throw refused(
          "The parameter `off_session` cannot be passed when creating a PaymentIntent unless `confirm` is set to true.",
          { param: "off_session" },
        );
      if (params.return_url !== undefined && !params.confirm)
        throw refused(
          "The parameter `return_url` cannot be passed when creating a PaymentIntent unless `confirm` is set to true.",
          { param: "return_url" },
        );
      if (params.off_session && params.setup_future_usage) throw exclusive("off_session", "setup_future_usage");
      const intent = await addIntent(space, params);
      await prepare(space, intent, params);
      const before = space.takeEvents();
      try {
        if (params.confirm) await confirmAsked(space, intent, params, false);
      } finally {
        const during = space.takeEvents();
        space.announce("payment_intent.created", intent);
        // Stripe is seen to tell of the creation after what the confirmation did.
        space.putEvents([
          ...before,
          ...during.filter(({ type }) => !isAfter(type)),
          ...space.takeEvents(),
          ...during.filter(({ type }) => isAfter(type)),
        ]);
      }
      return intent;
    },
  }),
  operation({
    on: "POST /v1/payment_intents/{id}",
    open: false,
    params: intentFacts,
    async run({ space, params, id }) {
      const intent = await read(space, id);
      if (!["requires_payment_method", "requires_confirmation", "requires_action"].includes(intent.status)) {
        const harmless = Object.keys(params).every(
          (key) => key === "metadata" || key === "description" || key === "transfer_group",
        );
        if (!harmless) throw wrongState(intent, "update");
      }
      change(intent, params);
      applyOptions(intent, params.payment_method_options);
      await prepare(space, intent, params);
      return intent;
    },
  }),
  operation({
    on: "GET /v1/payment_intents/{id}",
    open: true,
    params: { client_secret: text() },
    async run({ space, params, id, caller }) {
      const intent = await read(space, id);
      if (caller === "publishable") judgeSecret(intent, params.client_secret);
      return caller === "publishable" ? paymentForBrowser(intent) : intent;
    },
  }),
  operation({
    on: "POST /v1/payment_intents/{id}/confirm",
    open: true,
    params: {
      ...{
        capture_method: oneOf("automatic", "automatic_async", "manual"),
        client_secret: text(),
        confirmation_token: text(),
        error_on_requires_action: yesNo(),
      },
      ...{
        mandate: text(),
        mandate_data: mandateData(),
        off_session: offSession(),
        payment_method: text(),
        payment_method_data: opaque(),
        payment_method_options: methodOptions(),
      },
      ...{
        payment_method_types: oldMethodTypes,
        radar_options: opaque(),
        receipt_email: clearable(emailAddress()),
        return_url: text(),
        shipping: opaque(),
      },
      ...{
        setup_future_usage: clearable(oneOf("off_session", "on_session")),
        use_stripe_sdk: yesNo(),
        expected_payment_method_type: text(),
        key: text(),
      },
    },
    async run({ space, params, id, caller }) {
      const intent = await read(space, id);
      if (caller === "publishable") judgeBrowser(intent, params);
      if (params.capture_method) intent.capture_method = params.capture_method;
      if (params.receipt_email !== undefined) intent.receipt_email = params.receipt_email;
      if (params.setup_future_usage !== undefined) intent.setup_future_usage = params.setup_future_usage;
      await confirmAsked(space, intent, params, caller === "publishable");
      return caller === "publishable" ? paymentForBrowser(intent) : intent;
    },
  }),
  operation({
    on: "POST /v1/payment_intents/{id}/capture",
    params: {
      amount_to_capture: integer(),
      application_fee_amount: integer(),
      final_capture: yesNo(),
      metadata: metadata(),
      statement_descriptor: text(),
      statement_descriptor_suffix: text(),
      transfer_data: parts({ amount: integer() }),
    },
    async run({ space, params, id }) {
      const intent = await read(space, id);
      if (intent.transfer_data && params.transfer_data?.amount !== undefined)
        intent.transfer_data.amount = params.transfer_data.amount;
      intent.metadata = mergeMetadata(intent.metadata, params.metadata);
      if (params.application_fee_amount !== undefined) intent.application_fee_amount = params.application_fee_amount;
      return captureIntent(space, intent, params.amount_to_capture);
    },
  }),
  operation({
    on: "POST /v1/payment_intents/{id}/cancel",
    params: { cancellation_reason: oneOf("abandoned", "duplicate", "fraudulent", "requested_by_customer") },
    async run({ space, params, id }) {
      const intent = await read(space, id);
      return cancelIntent(space, intent, params.cancellation_reason ?? null);
    },
  }),
  operation({
    on: "POST /v1/payment_intents/{id}/increment_authorization",
    params: {
      amount: must(integer()),
      application_fee_amount: integer(),
      description: text(),
      metadata: metadata(),
      statement_descriptor: text(),
      transfer_data: opaque(),
    },
    async run({ space, params, id }) {
      const intent = await read(space, id);
      if (params.application_fee_amount !== undefined) intent.application_fee_amount = params.application_fee_amount;
      if (params.description !== undefined) intent.description = params.description;
      intent.metadata = mergeMetadata(intent.metadata, params.metadata);
      return incrementHold(space, intent, params.amount);
    },
  }),
  listing({
    on: "GET /v1/payment_intents",
    kind: "payment_intent",
    filters: { customer: text() },
    where: ({ customer }) => (customer === undefined ? [] : [{ at: "customer", is: customer }]),
  }),
  searching("GET /v1/payment_intents/search", "payment_intent", [
    "amount",
    "created",
    "currency",
    "customer",
    "status",
  ]),
  operation({
    // The bank's answer to a 3-D Secure challenge, given by the page or by Stripe.js.
    on: "POST /v1/_local/3ds/{id}",
    open: true,
    params: { client_secret: must(text()), outcome: must(oneOf("succeeded", "failed")), key: text() },
    async run({ space, params, id }) {
      const intent = await read(space, id);
      judgeSecret(intent, params.client_secret);
      if (intent.status !== "requires_action") throw wrongState(intent, "authenticate");
      await answerHolder(space, intent, params.outcome === "succeeded");
      return paymentForBrowser(intent);
    },
  }),
];

const isAfter = (type: string): boolean => type.startsWith("charge.dispute") || type === "charge.updated";

async function read(space: Space, id: string): Promise<Intent> {
  const intent = await space.find("payment_intent", id);
  if (!intent) throw notThere("payment_intent", id);
  const customer = intent.customer === null ? undefined : await space.find("customer", intent.customer);
  await space.follow(customer?.test_clock);
  return intent;
}

async function prepare(
  space: Space,
  intent: Intent,
  asked: Parameters<typeof methodAsked>[1] & { confirm?: boolean | undefined },
): Promise<void> {
  if (asked.payment_method === null) {
    intent.payment_method = null;
    intent.status = "requires_payment_method";
  }
  if (asked.confirm) return;
  const method = await methodAsked(space, asked);
  if (!method) return;
  await judgeMethod(space, intent, method);
  intent.payment_method = method.id;
  intent.status = "requires_confirmation";
  intent.next_action = null;
}

type Change = {
  [K in keyof typeof intentFacts]?: (typeof intentFacts)[K] extends { read(raw: never, path: never): infer T }
    ? T | undefined
    : never;
};

function change(intent: Intent, params: Change): void {
  if (params.amount !== undefined) judgeAmount(params.amount, params.currency ?? intent.currency);
  for (const key of [
    "amount",
    "currency",
    "customer",
    "transfer_group",
    "statement_descriptor",
    "statement_descriptor_suffix",
    "capture_method",
  ] as const) {
    const value = params[key];
    if (value !== undefined) Object.assign(intent, { [key]: value });
  }
  for (const key of ["application_fee_amount", "description", "receipt_email", "setup_future_usage"] as const) {
    const value = params[key];
    if (value !== undefined) Object.assign(intent, { [key]: value });
  }
  if (params.shipping !== undefined) intent.shipping = params.shipping && shippingOf(params.shipping);
  if (params.allowed_payment_method_types) {
    intent.allowed_payment_method_types = params.allowed_payment_method_types;
    intent.payment_method_types = params.allowed_payment_method_types;
  }
  intent.metadata = mergeMetadata(intent.metadata, params.metadata);
}

function judgeSecret(intent: { id: string; client_secret: string | null }, secret: string | undefined): void {
  if (secret === undefined || secret !== intent.client_secret) throw noSuch("payment_intent", intent.id, "intent");
}

/** What a page may not decide about somebody else's money. */
const SECRET_ONLY = ["capture_method", "error_on_requires_action", "off_session", "radar_options"] as const;

type Asked = { client_secret?: string | undefined } & { [K in (typeof SECRET_ONLY)[number]]?: unknown };

function judgeBrowser(intent: Intent, asked: Asked): void {
  judgeSecret(intent, asked.client_secret);
  const param = SECRET_ONLY.find((name) => asked[name] !== undefined);
  if (param !== undefined)
    throw refused(`The parameter \`${param}\` cannot be used with a publishable API key.`, {
      code: "secret_key_required",
      param,
    });
}
