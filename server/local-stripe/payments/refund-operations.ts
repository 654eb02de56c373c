import { refundShare, reverseForRefund } from "../connect/reverse-transfer";
import { currencyCode } from "../http/currency";
import { exclusive, missing, noSuch, refused } from "../http/errors";
import type { Includes } from "../http/expand";
import { listing, listOf } from "../http/list";
import { mergeMetadata, metadata } from "../http/metadata";
import { operation } from "../http/operation";
import { integer, oneOf, opaque, parts, range, text, yesNo } from "../http/params";
import { searching } from "../http/search";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { failRefund, refundCharge } from "./refund";

export const refundOperations = [
  operation({
    on: "POST /v1/refunds",
    params: {
      ...{
        amount: integer(),
        charge: text(),
        currency: currencyCode(),
        customer: text(),
        instructions_email: text(),
        metadata: metadata(),
        origin: text(),
      },
      ...{
        payment_intent: text(),
        reason: oneOf("duplicate", "fraudulent", "requested_by_customer"),
        refund_application_fee: yesNo(),
        reverse_transfer: yesNo(),
      },
    },
    async run({ space, params }) {
      const charge = await chargeOf(space, params.charge, params.payment_intent);
      const refund = refundCharge(space, charge, {
        amount: params.amount,
        reason: params.reason ?? null,
        metadata: mergeMetadata(null, params.metadata),
      });
      if (params.refund_application_fee) await refundShare(space, charge.id, refund.amount, charge.amount_captured);
      if (params.reverse_transfer) refund.transfer_reversal = (await reverseForRefund(space, charge, refund)).id;
      return refund;
    },
  }),
  operation({
    on: "POST /v1/refunds/{id}",
    params: { metadata: metadata() },
    async run({ space, params, id }) {
      const refund = await space.get("refund", id);
      refund.metadata = mergeMetadata(refund.metadata, params.metadata);
      space.announceChange("refund.updated", refund);
      return refund;
    },
  }),
  operation({ on: "GET /v1/refunds/{id}", run: ({ space, id }) => space.get("refund", id) }),
  operation({
    on: "POST /v1/refunds/{id}/cancel",
    async run({ space, id }) {
      const refund = await space.get("refund", id);
      throw refused(`Refund ${refund.id} has a status of ${refund.status} and cannot be canceled.`);
    },
  }),
  operation({
    // Only a refund that waits for the customer can expire, and none of the methods here has one.
    on: "POST /v1/test_helpers/refunds/{id}/expire",
    async run({ space, id }) {
      const refund = await space.get("refund", id);
      if (refund.status !== "requires_action")
        throw refused(`Refund ${refund.id} has a status of ${refund.status}; only one in requires_action can expire.`);
      await failRefund(space, refund, "expired_or_canceled_card");
      return refund;
    },
  }),
  operation({ on: "GET /v1/mandates/{id}", run: ({ space, id }) => space.get("mandate", id) }),
  listing({
    on: "GET /v1/refunds",
    kind: "refund",
    filters: { charge: text(), payment_intent: text() },
    where: ({ charge, payment_intent }) => [
      ...(charge === undefined ? [] : [{ at: "charge", is: charge }]),
      ...(payment_intent === undefined ? [] : [{ at: "payment_intent", is: payment_intent }]),
    ],
  }),
];

export const chargeOperations = [
  operation({ on: "GET /v1/charges/{id}", run: ({ space, id }) => space.get("charge", id) }),
  operation({
    on: "POST /v1/charges/{id}",
    params: {
      customer: text(),
      description: text(),
      fraud_details: parts({ user_report: oneOf("fraudulent", "safe") }),
      metadata: metadata(),
      receipt_email: text(),
      shipping: opaque(),
      transfer_group: text(),
    },
    async run({ space, params, id }) {
      const charge = await space.get("charge", id);
      if (params.description !== undefined) charge.description = params.description;
      if (params.receipt_email !== undefined) charge.receipt_email = params.receipt_email;
      if (params.transfer_group !== undefined) charge.transfer_group = params.transfer_group;
      charge.metadata = mergeMetadata(charge.metadata, params.metadata);
      space.announceChange("charge.updated", charge);
      return charge;
    },
  }),
  listing({
    on: "GET /v1/charges",
    kind: "charge",
    filters: { customer: text(), payment_intent: text(), transfer_group: text(), created: range() },
    where: ({ customer, payment_intent, transfer_group }) => [
      ...(customer === undefined ? [] : [{ at: "customer", is: customer }]),
      ...(payment_intent === undefined ? [] : [{ at: "payment_intent", is: payment_intent }]),
      ...(transfer_group === undefined ? [] : [{ at: "transfer_group", is: transfer_group }]),
    ],
  }),
  searching("GET /v1/charges/search", "charge", [
    "amount",
    "created",
    "currency",
    "customer",
    "disputed",
    "refunded",
    "status",
  ]),
];

export const chargeIncludes: Includes = {
  charge: {
    async refunds(space, { id }) {
      return listOf(
        `/v1/charges/${id}/refunds`,
        await space.select("refund", { where: [{ at: "charge", is: String(id) }], limit: 10 }),
      );
    },
  },
};

async function chargeOf(
  space: Space,
  charge: string | undefined,
  intent: string | undefined,
): Promise<Kinds["charge"]> {
  if (charge !== undefined && intent !== undefined) throw exclusive("charge", "payment_intent");
  if (charge !== undefined) {
    const found = await space.find("charge", charge);
    if (!found) throw noSuch("charge", charge, "charge");
    return found;
  }
  if (intent === undefined) throw missing("charge");
  const found = await space.find("payment_intent", intent);
  if (!found) throw noSuch("payment_intent", intent, "payment_intent");
  if (found.latest_charge !== null && (found.status === "succeeded" || found.status === "requires_capture"))
    return space.own("charge", found.latest_charge);
  throw refused(`This PaymentIntent (${intent}) does not have a successful charge to refund.`, {
    param: "payment_intent",
  });
}
