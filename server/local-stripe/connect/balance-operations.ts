import { currencyCode } from "../http/currency";
import { listing } from "../http/list";
import { operation } from "../http/operation";
import { text } from "../http/params";
import type { Work } from "../store/run-due";
import type { Space } from "../store/space";
import { balanceOf } from "./available";

export const balanceOperations = [
  operation({
    on: "GET /v1/balance",
    run: ({ space }) => balance(space),
  }),
  operation({
    on: "GET /v1/balance_transactions/{id}",
    async run({ space, id }) {
      const entry = await space.get("balance_transaction", id);
      return { ...entry, status: entry.available_on <= space.now ? "available" : "pending" };
    },
  }),
  listing({
    on: "GET /v1/balance_transactions",
    kind: "balance_transaction",
    filters: { currency: currencyCode(), payout: text(), source: text(), type: text() },
    where: ({ currency, source, type }) => [
      ...(currency === undefined ? [] : [{ at: "currency", is: currency }]),
      ...(source === undefined ? [] : [{ at: "source", is: source }]),
      ...(type === undefined ? [] : [{ at: "type", is: type }]),
    ],
  }),
];

async function balance(space: Space) {
  const sums = await balanceOf(space);
  const known = sums.length > 0 ? sums : [{ currency: "usd", available: 0, pending: 0 }];
  const part = (key: "available" | "pending") =>
    known.map((sum) => ({ amount: sum[key], currency: sum.currency, source_types: { card: sum[key] } }));
  return { object: "balance", available: part("available"), livemode: false, pending: part("pending") };
}

/** Money that was on its way has arrived. */
export const balanceWork: Work = {
  async balance_available(space) {
    space.announce("balance.available", await balance(space));
  },
};
