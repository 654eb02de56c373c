import { notThere } from "../http/errors";
import { listing, PAGING, pageOf } from "../http/list";
import { mergeMetadata, metadata } from "../http/metadata";
import { operation, type PathParts } from "../http/operation";
import { integer, text } from "../http/params";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { refundFee } from "./refund-fee";

export const feeOperations = [
  operation({ on: "GET /v1/application_fees/{id}", run: ({ space, id }) => space.get("application_fee", id) }),
  listing({
    on: "GET /v1/application_fees",
    kind: "application_fee",
    filters: { charge: text() },
    where: ({ charge }) => (charge === undefined ? [] : [{ at: "charge", is: charge }]),
  }),
  operation({
    on: "POST /v1/application_fees/{id}/refunds",
    params: { amount: integer(), metadata: metadata() },
    async run({ space, params, id }) {
      const fee = await space.get("application_fee", id);
      return refundFee(space, fee, { amount: params.amount, metadata: mergeMetadata(null, params.metadata) });
    },
  }),
  operation({
    on: "GET /v1/application_fees/{id}/refunds",
    params: PAGING,
    async run({ space, params, id }) {
      await space.get("application_fee", id);
      const all = await space.select("fee_refund", { where: [{ at: "fee", is: id }] });
      return pageOf(`/v1/application_fees/${id}/refunds`, all, params);
    },
  }),
  operation({
    on: "GET /v1/application_fees/{fee}/refunds/{id}",
    run: ({ space, id, path }) => refundOf(space, path, id),
  }),
  operation({
    on: "POST /v1/application_fees/{fee}/refunds/{id}",
    params: { metadata: metadata() },
    async run({ space, params, id, path }) {
      const refund = await refundOf(space, path, id);
      refund.metadata = mergeMetadata(refund.metadata, params.metadata);
      space.announceChange("application_fee.refund.updated", refund);
      return refund;
    },
  }),
];

async function refundOf(space: Space, { fee = "" }: PathParts, id: string): Promise<Kinds["fee_refund"]> {
  await space.get("application_fee", fee);
  const refund = await space.get("fee_refund", id);
  if (refund.fee !== fee) throw notThere("fee refund", id);
  return refund;
}
