import { setupForBrowser } from "../http/browser-view";
import { explained, noSuch, refused, StripeRefusal } from "../http/errors";
import { listing } from "../http/list";
import { mergeMetadata, metadata } from "../http/metadata";
import { notHere } from "../http/not-here";
import { operation } from "../http/operation";
import { clearable, list, must, oneOf, opaque, text, yesNo } from "../http/params";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { automaticMethods, oldMethodTypes } from "./intent-build";
import { judgeMethod, methodAsked } from "./intent-confirm";
import { mandateData } from "./mandate";
import { methodOptions } from "./method-options";
import { addSetup, answerSetup, confirmSetup } from "./setup";

type Setup = Kinds["setup_intent"];

const facts = {
  allowed_payment_method_types: clearable(list(text())),
  customer: text(),
  description: clearable(text(1_000)),
  excluded_payment_method_types: clearable(list(text())),
  metadata: metadata(),
  payment_method: text(),
  payment_method_data: opaque(),
  payment_method_options: methodOptions(),
  payment_method_types: oldMethodTypes,
};

export const setupOperations = [
  operation({
    on: "POST /v1/setup_intents",
    params: {
      ...facts,
      ...{
        automatic_payment_methods: automaticMethods(),
        confirm: yesNo(),
        confirmation_token: text(),
        mandate_data: mandateData(),
        on_behalf_of: text(),
      },
      ...{
        return_url: text(),
        single_use: notHere("single_use"),
        usage: oneOf("off_session", "on_session"),
        use_stripe_sdk: yesNo(),
        flow_directions: notHere("flow_directions"),
      },
    },
    async run({ space, params }) {
      const setup = await addSetup(space, params);
      if (params.confirm) {
        await confirmAsked(space, setup, params, false);
        return setup;
      }
      const method = await methodAsked(space, params);
      if (method) await choose(space, setup, method);
      return setup;
    },
  }),
  operation({
    on: "POST /v1/setup_intents/{id}",
    params: facts,
    async run({ space, params, id }) {
      const setup = await read(space, id);
      if (params.customer !== undefined) setup.customer = params.customer;
      if (params.description !== undefined) setup.description = params.description;
      setup.metadata = mergeMetadata(setup.metadata, params.metadata);
      const method = await methodAsked(space, params);
      if (method) await choose(space, setup, method);
      return setup;
    },
  }),
  operation({
    on: "GET /v1/setup_intents/{id}",
    open: true,
    params: { client_secret: text() },
    async run({ space, params, id, caller }) {
      const setup = await read(space, id);
      if (caller === "publishable") judgeSecret(setup, params.client_secret);
      return caller === "publishable" ? setupForBrowser(setup) : setup;
    },
  }),
  operation({
    on: "POST /v1/setup_intents/{id}/confirm",
    open: true,
    params: {
      ...{
        client_secret: text(),
        confirmation_token: text(),
        mandate_data: mandateData(),
        payment_method: text(),
        payment_method_data: opaque(),
      },
      ...{
        payment_method_options: methodOptions(),
        return_url: text(),
        use_stripe_sdk: yesNo(),
        key: text(),
        expected_payment_method_type: text(),
      },
    },
    async run({ space, params, id, caller }) {
      const setup = await read(space, id);
      if (caller === "publishable") judgeSecret(setup, params.client_secret);
      await confirmAsked(space, setup, params, caller === "publishable");
      return caller === "publishable" ? setupForBrowser(setup) : setup;
    },
  }),
  operation({
    on: "POST /v1/setup_intents/{id}/cancel",
    params: { cancellation_reason: oneOf("abandoned", "duplicate", "requested_by_customer") },
    async run({ space, params, id }) {
      const setup = await read(space, id);
      if (setup.status === "succeeded" || setup.status === "canceled") throw wrongState(setup, "cancel");
      setup.status = "canceled";
      setup.cancellation_reason = params.cancellation_reason ?? null;
      setup.next_action = null;
      space.announce("setup_intent.canceled", setup);
      return setup;
    },
  }),
  listing({
    on: "GET /v1/setup_intents",
    kind: "setup_intent",
    filters: { customer: text(), payment_method: text() },
    where: ({ customer, payment_method }) => [
      ...(customer === undefined ? [] : [{ at: "customer", is: customer }]),
      ...(payment_method === undefined ? [] : [{ at: "payment_method", is: payment_method }]),
    ],
  }),
  listing({
    on: "GET /v1/setup_attempts",
    kind: "setup_attempt",
    filters: { setup_intent: must(text()) },
    where: ({ setup_intent }) => [{ at: "setup_intent", is: setup_intent }],
  }),
  operation({
    on: "POST /v1/_local/3ds_setup/{id}",
    open: true,
    params: { client_secret: must(text()), outcome: must(oneOf("succeeded", "failed")), key: text() },
    async run({ space, params, id }) {
      const setup = await read(space, id);
      judgeSecret(setup, params.client_secret);
      if (setup.status !== "requires_action") throw wrongState(setup, "authenticate");
      await answerSetup(space, setup, params.outcome === "succeeded");
      return setupForBrowser(setup);
    },
  }),
];

type Asked = Parameters<typeof methodAsked>[1];

async function confirmAsked(space: Space, setup: Setup, asked: Asked, inBrowser: boolean): Promise<void> {
  if (!["requires_payment_method", "requires_confirmation", "requires_action"].includes(setup.status))
    throw wrongState(setup, "confirm");
  const method =
    (await methodAsked(space, asked)) ??
    (setup.payment_method === null ? undefined : await space.own("payment_method", setup.payment_method));
  if (!method)
    throw refused("You cannot confirm this SetupIntent because it's missing a payment method.", {
      code: "setup_intent_unexpected_state",
    });
  await judgeMethod(space, setup, method);
  await confirmSetup(space, setup, method, inBrowser ? undefined : asked.return_url, asked.mandate_data);
}

async function choose(space: Space, setup: Setup, method: Kinds["payment_method"]): Promise<void> {
  await judgeMethod(space, setup, method);
  setup.payment_method = method.id;
  setup.status = "requires_confirmation";
}

async function read(space: Space, id: string): Promise<Setup> {
  const setup = await space.get("setup_intent", id);
  const customer = setup.customer === null ? undefined : await space.find("customer", setup.customer);
  await space.follow(customer?.test_clock);
  return setup;
}

function wrongState(setup: Setup, verb: string): StripeRefusal {
  return new StripeRefusal(400, {
    ...{
      type: "invalid_request_error",
      ...explained("setup_intent_unexpected_state"),
      setup_intent: structuredClone(setup),
    },
    message: `You cannot ${verb} this SetupIntent because it has a status of ${setup.status}.`,
  });
}

function judgeSecret(setup: Setup, secret: string | undefined): void {
  if (secret === undefined || secret !== setup.client_secret) throw noSuch("setup_intent", setup.id, "intent");
}
