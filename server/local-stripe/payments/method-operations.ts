import { addressOf } from "../customers/address";
import { currencyCode } from "../http/currency";
import { noSuch, notThere, refused } from "../http/errors";
import { listing } from "../http/list";
import { mergeMetadata, metadata } from "../http/metadata";
import { operation } from "../http/operation";
import { integer, must, oneOf, opaque, parts, text } from "../http/params";
import { newStripeId } from "../store/ids";
import { attachToCustomer } from "./attach";
import { keyOf } from "./behaviours";
import { checkCard } from "./card-check";
import { billing, createMethod, methodFacts } from "./method-build";

const TYPES = oneOf("card", "us_bank_account", "link");

export const methodOperations = [
  operation({
    on: "POST /v1/payment_methods",
    open: true,
    params: methodFacts,
    run: ({ space, params }) => createMethod(space, params),
  }),
  operation({ on: "GET /v1/payment_methods/{id}", run: ({ space, id }) => space.get("payment_method", id) }),
  operation({
    on: "POST /v1/payment_methods/{id}",
    params: {
      allow_redisplay: oneOf("always", "limited", "unspecified"),
      billing_details: billing(),
      card: parts({ exp_month: integer(), exp_year: integer(), networks: opaque() }),
      metadata: metadata(),
    },
    async run({ space, params, id }) {
      const method = await space.get("payment_method", id);
      if (method.customer === null)
        throw refused("You must save this PaymentMethod to a customer before you can update it.");
      if (params.allow_redisplay) method.allow_redisplay = params.allow_redisplay;
      if (params.card && method.card) {
        if (params.card.exp_month !== undefined) method.card.exp_month = params.card.exp_month;
        if (params.card.exp_year !== undefined) method.card.exp_year = params.card.exp_year;
      }
      const details = params.billing_details;
      if (details) {
        const kept = method.billing_details;
        if (details.address !== undefined) kept.address = details.address && addressOf(details.address);
        for (const key of ["email", "name", "phone"] as const) {
          const value = details[key];
          if (value !== undefined) kept[key] = value;
        }
      }
      method.metadata = mergeMetadata(method.metadata, params.metadata);
      space.announceChange("payment_method.updated", method);
      return method;
    },
  }),
  listing({
    on: "GET /v1/payment_methods",
    kind: "payment_method",
    undated: true,
    filters: { customer: text(), type: TYPES },
    where: ({ customer, type }) => [
      customer === undefined ? { not: { at: "customer", is: null } } : { at: "customer", is: customer },
      ...(type === undefined ? [] : [{ at: "type", is: type }]),
    ],
  }),
  operation({
    on: "POST /v1/payment_methods/{id}/attach",
    params: { customer: must(text()) },
    async run({ space, params, id }) {
      const customer = await space.find("customer", params.customer);
      if (!customer) throw noSuch("customer", params.customer, "customer");
      await space.follow(customer.test_clock);
      return attachToCustomer(space, id, customer, "id");
    },
  }),
  operation({
    on: "POST /v1/payment_methods/{id}/detach",
    async run({ space, id }) {
      const method = await space.get("payment_method", id);
      if (method.customer === null) {
        throw refused("The payment method you provided is not attached to a customer so detachment is impossible.", {
          code: "payment_method_unexpected_state",
        });
      }
      const customer = await space.own("customer", method.customer);
      if (customer.invoice_settings.default_payment_method === id) {
        customer.invoice_settings.default_payment_method = null;
      }
      if (customer.default_source === id) customer.default_source = null;
      space.announceChange("customer.updated", customer);
      const previous = { customer: method.customer };
      method.customer = null;
      space.inner(method).detached = true;
      space.announce("payment_method.detached", method, { previous });
      return method;
    },
  }),
  listing({
    on: "GET /v1/customers/{id}/payment_methods",
    kind: "payment_method",
    undated: true,
    filters: { type: TYPES, allow_redisplay: oneOf("always", "limited", "unspecified") },
    async where({ type, allow_redisplay }, { id = "" }, space) {
      await space.get("customer", id);
      return [
        { at: "customer", is: id },
        ...(type === undefined ? [] : [{ at: "type", is: type }]),
        ...(allow_redisplay === undefined ? [] : [{ at: "allow_redisplay", is: allow_redisplay }]),
      ];
    },
  }),
  operation({
    on: "GET /v1/customers/{customer}/payment_methods/{id}",
    async run({ space, id, path }) {
      const method = await space.get("payment_method", id);
      if (method.customer !== path.customer) throw notThere("PaymentMethod", id);
      return method;
    },
  }),
  operation({
    on: "POST /v1/tokens",
    open: true,
    params: {
      card: must(
        parts({
          cvc: text(4),
          exp_month: must(integer()),
          exp_year: must(integer()),
          number: must(text(24)),
          name: text(),
          address_zip: text(),
          currency: currencyCode(),
        }),
      ),
    },
    async run({ space, params: { card } }) {
      const behaviour = checkCard(card, new Date(space.now * 1_000));
      return space.add<"token">({
        id: newStripeId("tok"),
        object: "token",
        card: {
          ...{
            id: newStripeId("card"),
            object: "card",
            address_city: null,
            address_country: null,
            address_line1: null,
            address_line1_check: null,
          },
          ...{
            address_line2: null,
            address_state: null,
            address_zip: card.address_zip ?? null,
            address_zip_check: null,
            brand: behaviour.brand,
          },
          ...{
            country: "US",
            cvc_check: null,
            dynamic_last4: null,
            exp_month: card.exp_month,
            exp_year: card.exp_year,
            fingerprint: null,
          },
          ...{
            funding: behaviour.funding ?? "credit",
            last4: behaviour.number.slice(-4),
            name: card.name ?? null,
            networks: { preferred: null },
          },
          ...{ regulated_status: null, tokenization_method: null, metadata: { behaviour: keyOf(behaviour) } },
        },
        client_ip: "127.0.0.1",
        created: space.now,
        livemode: false,
        type: "card",
        used: false,
      });
    },
  }),
  operation({ on: "GET /v1/tokens/{id}", run: ({ space, id }) => space.get("token", id) }),
];
