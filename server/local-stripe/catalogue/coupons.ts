import { currencyCode } from "../http/currency";
import { exclusive, missing, noSuch, notBuilt, refused } from "../http/errors";
import type { Includes } from "../http/expand";
import { listing } from "../http/list";
import { mergeMetadata, metadata } from "../http/metadata";
import { operation } from "../http/operation";
import { clearable, integer, list, must, oneOf, opaque, parts, percent, text, yesNo } from "../http/params";
import { newStripeId, randomText } from "../store/ids";
import type { Space } from "../store/space";

export const couponOperations = [
  operation({
    on: "POST /v1/coupons",
    params: {
      amount_off: integer(),
      applies_to: parts({ products: list(text()) }),
      currency: currencyCode(),
      currency_options: opaque(),
      duration: oneOf("forever", "once", "repeating"),
      duration_in_months: integer(),
      id: text(),
      max_redemptions: integer(),
      metadata: metadata(),
      name: text(40),
      percent_off: percent(),
      redeem_by: integer(),
    },
    async run({ space, params }) {
      const { amount_off, percent_off, duration = "once" } = params;
      if (params.currency_options !== undefined) throw notBuilt("currency_options");
      if (amount_off !== undefined && percent_off !== undefined) throw exclusive("amount_off", "percent_off");
      if (amount_off === undefined && percent_off === undefined) throw missing("percent_off");
      if (amount_off !== undefined && params.currency === undefined) throw missing("currency");
      if (duration === "repeating" && params.duration_in_months === undefined) throw missing("duration_in_months");
      if (params.id !== undefined && (await space.anything(params.id))) {
        throw refused("Coupon already exists.", { code: "resource_already_exists", param: "id" });
      }
      const coupon = space.add<"coupon">(
        {
          id: params.id ?? randomText(8),
          object: "coupon",
          amount_off: amount_off ?? null,
          created: space.now,
          currency: amount_off === undefined ? null : (params.currency ?? null),
          duration,
          duration_in_months: params.duration_in_months ?? null,
          livemode: false,
          max_redemptions: params.max_redemptions ?? null,
          metadata: mergeMetadata(null, params.metadata),
          name: params.name ?? null,
          percent_off: percent_off ?? null,
          redeem_by: params.redeem_by ?? null,
          times_redeemed: 0,
          valid: true,
        },
        params.applies_to?.products ? { products: params.applies_to.products } : {},
      );
      space.announce("coupon.created", coupon);
      return coupon;
    },
  }),
  operation({
    on: "POST /v1/coupons/{id}",
    params: { currency_options: opaque(), metadata: metadata(), name: text(40) },
    async run({ space, params, id }) {
      const coupon = await space.get("coupon", id);
      if (params.name !== undefined) coupon.name = params.name;
      coupon.metadata = mergeMetadata(coupon.metadata, params.metadata);
      space.announceChange("coupon.updated", coupon);
      return coupon;
    },
  }),
  operation({ on: "GET /v1/coupons/{id}", run: ({ space, id }) => space.get("coupon", id) }),
  operation({
    on: "DELETE /v1/coupons/{id}",
    async run({ space, id }) {
      const coupon = await space.get("coupon", id);
      space.announce("coupon.deleted", coupon);
      space.remove(coupon);
      return { id, object: "coupon", deleted: true };
    },
  }),
  listing({ on: "GET /v1/coupons", kind: "coupon" }),
  operation({
    on: "POST /v1/promotion_codes",
    params: {
      active: yesNo(),
      code: text(500),
      customer: text(),
      expires_at: integer(),
      max_redemptions: integer(),
      metadata: metadata(),
      promotion: must(parts({ type: must(oneOf("coupon")), coupon: must(text()) })),
      restrictions: parts({
        currency_options: opaque(),
        first_time_transaction: yesNo(),
        minimum_amount: integer(),
        minimum_amount_currency: currencyCode(),
      }),
    },
    async run({ space, params }) {
      const { coupon } = params.promotion;
      if (!(await space.find("coupon", coupon))) throw noSuch("coupon", coupon, "promotion[coupon]");
      const code = params.code ?? randomText(8).toUpperCase();
      await judgeCode(space, code);
      const promotion = space.add<"promotion_code">({
        id: newStripeId("promo"),
        object: "promotion_code",
        active: params.active ?? true,
        code,
        created: space.now,
        customer: params.customer ?? null,
        customer_account: null,
        expires_at: params.expires_at ?? null,
        livemode: false,
        max_redemptions: params.max_redemptions ?? null,
        metadata: mergeMetadata(null, params.metadata),
        promotion: { type: "coupon", coupon },
        restrictions: {
          first_time_transaction: params.restrictions?.first_time_transaction ?? false,
          minimum_amount: params.restrictions?.minimum_amount ?? null,
          minimum_amount_currency: params.restrictions?.minimum_amount_currency ?? null,
        },
        times_redeemed: 0,
      });
      space.announce("promotion_code.created", promotion);
      return promotion;
    },
  }),
  operation({
    on: "POST /v1/promotion_codes/{id}",
    params: { active: yesNo(), metadata: metadata(), restrictions: opaque() },
    async run({ space, params, id }) {
      const promotion = await space.get("promotion_code", id);
      if (params.active !== undefined) promotion.active = params.active;
      promotion.metadata = mergeMetadata(promotion.metadata, params.metadata);
      space.announceChange("promotion_code.updated", promotion);
      return promotion;
    },
  }),
  operation({ on: "GET /v1/promotion_codes/{id}", run: ({ space, id }) => space.get("promotion_code", id) }),
  listing({
    on: "GET /v1/promotion_codes",
    kind: "promotion_code",
    filters: { active: yesNo(), code: text(), coupon: text(), customer: clearable(text()) },
    where: ({ active, code, coupon, customer }) => [
      ...(active === undefined ? [] : [{ at: "active", is: active }]),
      ...(code === undefined ? [] : [{ at: "code", is: code }]),
      ...(coupon === undefined ? [] : [{ at: "promotion.coupon", is: coupon }]),
      ...(customer === undefined ? [] : [{ at: "customer", is: customer }]),
    ],
  }),
];

export const couponIncludes: Includes = {
  coupon: {
    async applies_to(space, { id }) {
      const { products } = space.inner(await space.own("coupon", String(id)));
      return products && { products };
    },
  },
};

async function judgeCode(space: Space, code: string): Promise<void> {
  const [holder] = await space.select("promotion_code", {
    where: [
      { at: "code", is: code },
      { at: "active", is: true },
    ],
    limit: 1,
  });
  if (holder) throw refused(`An active promotion code with \`code: ${code}\` already exists.`, { param: "code" });
}
