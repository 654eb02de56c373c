import type { Includes } from "../http/expand";
import { listOf } from "../http/list";

const HIDDEN = ["canceled", "incomplete_expired"];

/** What a customer has, for whoever asks. There are no bank transfers and no tax ids here. */
export const customerIncludes: Includes = {
  customer: {
    async subscriptions(space, { id }) {
      const where = [{ at: "customer", is: String(id) }, { not: { at: "status", among: HIDDEN } }];
      const found = await space.select("subscription", { where, limit: 11 });
      return listOf(`/v1/customers/${id}/subscriptions`, found.slice(0, 10), found.length > 10);
    },
    sources: async (_, { id }) => listOf(`/v1/customers/${id}/sources`, []),
    tax_ids: async (_, { id }) => listOf(`/v1/customers/${id}/tax_ids`, []),
    cash_balance: async () => null,
    invoice_credit_balance: async (_, { balance, currency }) =>
      typeof currency === "string" ? { [currency]: balance } : {},
    tax: async () => ({ automatic_tax: "not_collecting", ip_address: null, location: null, provider: "stripe" }),
  },
};
