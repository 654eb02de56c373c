import { currencyCode } from "../http/currency";
import { refused } from "../http/errors";
import { listing } from "../http/list";
import { mergeMetadata, metadata } from "../http/metadata";
import { operation } from "../http/operation";
import { clearable, integer, must, range, text } from "../http/params";
import { newStripeId } from "../store/ids";
import { settleTopup, TOPUP_SOURCES, topupSettles } from "./topup";

export const topupOperations = [
  operation({
    on: "POST /v1/topups",
    params: {
      ...{ amount: must(integer()), currency: must(currencyCode()), description: text(), metadata: metadata() },
      ...{ source: text(), statement_descriptor: text(15), transfer_group: text() },
    },
    async run({ space, params }) {
      if (params.amount < 1) throw refused("This value must be greater than or equal to 1.", { param: "amount" });
      if (params.source !== undefined && !(params.source in TOPUP_SOURCES))
        throw refused(`No such source: '${params.source}'`, { code: "resource_missing", param: "source" });
      const topup = space.add<"topup">(
        {
          ...{ id: newStripeId("tu"), object: "topup", amount: params.amount, balance_transaction: null },
          ...{ created: space.now, currency: params.currency, description: params.description ?? null },
          ...{ expected_availability_date: space.now, failure_code: null, failure_message: null },
          ...{ initiated_by: "user", livemode: false, metadata: mergeMetadata(null, params.metadata), source: null },
          ...{ statement_descriptor: params.statement_descriptor ?? null, status: "pending" },
          transfer_group: params.transfer_group ?? null,
        },
        params.source === undefined ? {} : { source: params.source },
      );
      space.announce("topup.created", topup);
      // Without a bank to wait for the money is there at once.
      if (params.source === undefined) await settleTopup(space, topup);
      else topupSettles(space, topup);
      return topup;
    },
  }),
  operation({
    on: "POST /v1/topups/{id}",
    params: { description: text(), metadata: metadata() },
    async run({ space, params, id }) {
      const topup = await space.get("topup", id);
      if (params.description !== undefined) topup.description = params.description;
      topup.metadata = mergeMetadata(topup.metadata, params.metadata);
      return topup;
    },
  }),
  operation({
    on: "POST /v1/topups/{id}/cancel",
    async run({ space, id }) {
      const topup = await space.get("topup", id);
      if (topup.status !== "pending")
        throw refused(`Top-up ${id} has a status of ${topup.status}; only a pending one can be canceled.`);
      topup.status = "canceled";
      space.unschedule("topup_settles", id);
      space.announce("topup.canceled", topup);
      return topup;
    },
  }),
  operation({ on: "GET /v1/topups/{id}", run: ({ space, id }) => space.get("topup", id) }),
  listing({
    on: "GET /v1/topups",
    kind: "topup",
    filters: { amount: range(), status: clearable(text()) },
    where: ({ amount, status }) => [
      ...(amount === undefined ? [] : [{ at: "amount", within: amount }]),
      ...(status === undefined ? [] : [{ at: "status", is: status }]),
    ],
  }),
];
