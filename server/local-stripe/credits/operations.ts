import { currencyCode } from "../http/currency";
import { noSuch, refused } from "../http/errors";
import { listing } from "../http/list";
import { mergeMetadata, metadata } from "../http/metadata";
import { operation } from "../http/operation";
import { clearable, integer, list, must, oneOf, parts, text } from "../http/params";
import { newStripeId } from "../store/ids";
import { addMovement, isUsable, leftOf } from "./balance";

const scope = () => parts({ price_type: oneOf("metered"), prices: list(parts({ id: must(text()) })) });

export const creditOperations = [
  operation({
    on: "POST /v1/billing/credit_grants",
    params: {
      amount: must(
        parts({
          monetary: must(parts({ currency: must(currencyCode()), value: must(integer()) })),
          type: must(oneOf("monetary")),
        }),
      ),
      applicability_config: must(parts({ scope: must(scope()) })),
      category: oneOf("paid", "promotional"),
      customer: text(),
      effective_at: integer(),
      expires_at: integer(),
      metadata: metadata(),
      name: text(100),
      priority: integer(),
    },
    async run({ space, params }) {
      const customer = params.customer === undefined ? undefined : await space.find("customer", params.customer);
      if (!customer) throw noSuch("customer", params.customer ?? "", "customer");
      await space.follow(customer.test_clock);
      if (params.amount.monetary.value < 1)
        throw refused("This value must be greater than or equal to 1.", { param: "amount[monetary][value]" });
      const { price_type, prices } = params.applicability_config.scope;
      const grant = space.add<"billing.credit_grant">({
        id: newStripeId("credgr_test"),
        object: "billing.credit_grant",
        amount: params.amount,
        applicability_config: { scope: { ...(price_type && { price_type }), ...(prices && { prices }) } },
        category: params.category ?? "promotional",
        created: space.now,
        customer: customer.id,
        customer_account: null,
        effective_at: params.effective_at ?? space.now,
        expires_at: params.expires_at ?? null,
        livemode: false,
        metadata: mergeMetadata(null, params.metadata),
        name: params.name ?? null,
        priority: params.priority ?? 50,
        test_clock: customer.test_clock ?? null,
        updated: space.now,
        voided_at: null,
      });
      space.announce("billing.credit_grant.created", grant);
      addMovement(space, { type: "credit", grant, value: params.amount.monetary.value });
      return grant;
    },
  }),
  operation({
    on: "POST /v1/billing/credit_grants/{id}",
    params: { expires_at: clearable(integer()), metadata: metadata() },
    async run({ space, params, id }) {
      const grant = await space.get("billing.credit_grant", id);
      if (params.expires_at !== undefined) grant.expires_at = params.expires_at;
      grant.metadata = mergeMetadata(grant.metadata, params.metadata);
      space.announceChange("billing.credit_grant.updated", grant);
      return grant;
    },
  }),
  operation({
    on: "GET /v1/billing/credit_grants/{id}",
    run: ({ space, id }) => space.get("billing.credit_grant", id),
  }),
  operation({
    on: "POST /v1/billing/credit_grants/{id}/expire",
    async run({ space, id }) {
      const grant = await space.get("billing.credit_grant", id);
      if (!isUsable(grant, space.now)) throw refused("This credit grant has expired or was voided.");
      const left = await leftOf(space, grant);
      if (left > 0) addMovement(space, { type: "expired", grant, value: left });
      grant.expires_at = space.now;
      space.announceChange("billing.credit_grant.updated", grant);
      return grant;
    },
  }),
  operation({
    on: "POST /v1/billing/credit_grants/{id}/void",
    async run({ space, id }) {
      const grant = await space.get("billing.credit_grant", id);
      const left = await leftOf(space, grant);
      if (left !== grant.amount.monetary?.value) throw refused("A credit grant that has been used cannot be voided.");
      addMovement(space, { type: "voided", grant, value: left });
      grant.voided_at = space.now;
      space.announceChange("billing.credit_grant.updated", grant);
      return grant;
    },
  }),
  listing({
    on: "GET /v1/billing/credit_grants",
    kind: "billing.credit_grant",
    undated: true,
    filters: { customer: text() },
    where: ({ customer }) => (customer === undefined ? [] : [{ at: "customer", is: customer }]),
  }),
  operation({
    on: "GET /v1/billing/credit_balance_summary",
    params: {
      customer: must(text()),
      filter: must(
        parts({
          applicability_scope: scope(),
          credit_grant: text(),
          type: must(oneOf("applicability_scope", "credit_grant")),
        }),
      ),
    },
    async run({ space, params }) {
      const customer = await space.find("customer", params.customer);
      if (!customer) throw noSuch("customer", params.customer, "customer");
      const all = await space.select("billing.credit_grant", { where: [{ at: "customer", is: customer.id }] });
      const wanted =
        params.filter.type === "credit_grant" ? all.filter(({ id }) => id === params.filter.credit_grant) : all;
      const sums = new Map<string, { available: number; ledger: number }>();
      for (const grant of wanted) {
        const currency = grant.amount.monetary?.currency ?? "usd";
        const sum = sums.get(currency) ?? { available: 0, ledger: 0 };
        const left = await leftOf(space, grant);
        sums.set(currency, {
          available: sum.available + (isUsable(grant, space.now) ? left : 0),
          ledger: sum.ledger + left,
        });
      }
      const money = (currency: string, value: number) => ({ monetary: { currency, value }, type: "monetary" });
      return {
        object: "billing.credit_balance_summary",
        balances: [...sums].map(([currency, { available, ledger }]) => ({
          available_balance: money(currency, available),
          ledger_balance: money(currency, ledger),
        })),
        customer: customer.id,
        customer_account: null,
        livemode: false,
      };
    },
  }),
  operation({
    on: "GET /v1/billing/credit_balance_transactions/{id}",
    run: ({ space, id }) => space.get("billing.credit_balance_transaction", id),
  }),
  listing({
    on: "GET /v1/billing/credit_balance_transactions",
    kind: "billing.credit_balance_transaction",
    undated: true,
    filters: { credit_grant: text(), customer: text() },
    async where({ credit_grant, customer }, _path, space) {
      const grants =
        customer === undefined
          ? []
          : await space.select("billing.credit_grant", { where: [{ at: "customer", is: customer }] });
      return [
        ...(credit_grant === undefined ? [] : [{ at: "credit_grant", is: credit_grant }]),
        ...(customer === undefined ? [] : [{ at: "credit_grant", among: grants.map(({ id }) => id) }]),
      ];
    },
  }),
];
