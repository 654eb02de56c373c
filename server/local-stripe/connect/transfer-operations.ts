import { currencyCode } from "../http/currency";
import { noSuch, notThere } from "../http/errors";
import { listing, PAGING, pageOf } from "../http/list";
import { mergeMetadata, metadata } from "../http/metadata";
import { operation, type PathParts } from "../http/operation";
import { integer, must, oneOf, text, yesNo } from "../http/params";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { makeTransfer } from "./make-transfer";
import { addPayout, cancelPayout, reversePayout } from "./payout";
import { reverseTransfer } from "./reverse-transfer";

const optional = (filters: Record<string, string | undefined>) =>
  Object.entries(filters).flatMap(([at, is]) => (is === undefined ? [] : [{ at, is }]));

export const transferOperations = [
  operation({
    on: "POST /v1/transfers",
    params: {
      ...{
        amount: must(integer()),
        currency: must(currencyCode()),
        description: text(),
        destination: must(text()),
        metadata: metadata(),
      },
      ...{ source_transaction: text(), source_type: oneOf("bank_account", "card", "fpx"), transfer_group: text() },
    },
    async run({ space, params }) {
      const source =
        params.source_transaction === undefined ? undefined : await space.find("charge", params.source_transaction);
      if (params.source_transaction !== undefined && !source)
        throw noSuch("charge", params.source_transaction, "source_transaction");
      return makeTransfer(space, {
        ...{
          amount: params.amount,
          currency: params.currency,
          destination: params.destination,
          source,
          description: params.description ?? null,
        },
        ...{ metadata: mergeMetadata(null, params.metadata), transferGroup: params.transfer_group ?? null },
      });
    },
  }),
  operation({
    on: "POST /v1/transfers/{id}",
    params: { description: text(), metadata: metadata() },
    async run({ space, params, id }) {
      const transfer = await space.get("transfer", id);
      if (params.description !== undefined) transfer.description = params.description;
      transfer.metadata = mergeMetadata(transfer.metadata, params.metadata);
      space.announceChange("transfer.updated", transfer);
      return transfer;
    },
  }),
  operation({ on: "GET /v1/transfers/{id}", run: ({ space, id }) => space.get("transfer", id) }),
  listing({
    on: "GET /v1/transfers",
    kind: "transfer",
    filters: { destination: text(), transfer_group: text() },
    where: optional,
  }),
  operation({
    on: "POST /v1/transfers/{id}/reversals",
    params: { amount: integer(), description: text(), metadata: metadata(), refund_application_fee: yesNo() },
    async run({ space, params, id }) {
      return reverseTransfer(space, await space.get("transfer", id), {
        amount: params.amount,
        metadata: mergeMetadata(null, params.metadata),
        refundsFee: params.refund_application_fee ?? false,
      });
    },
  }),
  operation({
    on: "GET /v1/transfers/{id}/reversals",
    params: PAGING,
    async run({ space, params, id }) {
      await space.get("transfer", id);
      return pageOf(
        `/v1/transfers/${id}/reversals`,
        await space.select("transfer_reversal", { where: [{ at: "transfer", is: id }] }),
        params,
      );
    },
  }),
  operation({
    on: "GET /v1/transfers/{transfer}/reversals/{id}",
    run: ({ space, id, path }) => reversalOf(space, path, id),
  }),
  operation({
    on: "POST /v1/transfers/{transfer}/reversals/{id}",
    params: { metadata: metadata() },
    async run({ space, params, id, path }) {
      const reversal = await reversalOf(space, path, id);
      reversal.metadata = mergeMetadata(reversal.metadata, params.metadata);
      const transfer = await space.get("transfer", path.transfer ?? "");
      transfer.reversals.data = transfer.reversals.data.map((one) => (one.id === id ? reversal : one));
      return reversal;
    },
  }),
  operation({
    on: "POST /v1/payouts",
    params: {
      amount: must(integer()),
      currency: must(currencyCode()),
      description: text(),
      destination: text(),
      metadata: metadata(),
      method: oneOf("instant", "standard"),
      source_type: text(),
      statement_descriptor: text(22),
    },
    run: ({ space, params }) =>
      addPayout(space, {
        ...{
          amount: params.amount,
          currency: params.currency,
          description: params.description ?? null,
          method: params.method ?? "standard",
        },
        ...{ metadata: mergeMetadata(null, params.metadata), descriptor: params.statement_descriptor ?? null },
      }),
  }),
  operation({ on: "GET /v1/payouts/{id}", run: ({ space, id }) => space.get("payout", id) }),
  operation({
    on: "POST /v1/payouts/{id}",
    params: { metadata: metadata() },
    async run({ space, params, id }) {
      const payout = await space.get("payout", id);
      payout.metadata = mergeMetadata(payout.metadata, params.metadata);
      space.announceChange("payout.updated", payout);
      return payout;
    },
  }),
  operation({
    on: "POST /v1/payouts/{id}/cancel",
    async run({ space, id }) {
      return cancelPayout(space, await space.get("payout", id));
    },
  }),
  operation({
    on: "POST /v1/payouts/{id}/reverse",
    params: { metadata: metadata() },
    async run({ space, params, id }) {
      return reversePayout(space, await space.get("payout", id), mergeMetadata(null, params.metadata));
    },
  }),
  listing({ on: "GET /v1/payouts", kind: "payout", filters: { destination: text(), status: text() }, where: optional }),
];

async function reversalOf(space: Space, { transfer = "" }: PathParts, id: string): Promise<Kinds["transfer_reversal"]> {
  await space.get("transfer", transfer);
  const reversal = await space.get("transfer_reversal", id);
  if (reversal.transfer !== transfer) throw notThere("transfer reversal", id);
  return reversal;
}
