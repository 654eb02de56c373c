import { currencyCode } from "../http/currency";
import { notBuilt } from "../http/errors";
import type { Includes } from "../http/expand";
import { listing } from "../http/list";
import { mergeMetadata, metadata } from "../http/metadata";
import { operation } from "../http/operation";
import { clearable, list, oneOf, opaque, parts, text, yesNo } from "../http/params";
import { searching } from "../http/search";
import { createPrice, interval, priceFacts, takeLookupKey } from "./create-price";
import { isWhole, scaled } from "./decimal";

export const priceOperations = [
  operation({ on: "POST /v1/prices", params: priceFacts, run: ({ space, params }) => createPrice(space, params) }),
  operation({
    on: "POST /v1/prices/{id}",
    params: {
      active: yesNo(),
      currency_options: opaque(),
      lookup_key: clearable(text(200)),
      metadata: metadata(),
      nickname: clearable(text()),
      tax_behavior: oneOf("exclusive", "inclusive", "unspecified"),
      transfer_lookup_key: yesNo(),
    },
    async run({ space, params, id }) {
      const price = await space.get("price", id);
      if (params.currency_options !== undefined) throw notBuilt("currency_options");
      if (params.lookup_key && params.lookup_key !== price.lookup_key)
        await takeLookupKey(space, params.lookup_key, params.transfer_lookup_key);
      if (params.lookup_key !== undefined) price.lookup_key = params.lookup_key;
      if (params.active !== undefined) price.active = params.active;
      if (params.nickname !== undefined) price.nickname = params.nickname;
      if (params.tax_behavior !== undefined) price.tax_behavior = params.tax_behavior;
      price.metadata = mergeMetadata(price.metadata, params.metadata);
      space.announceChange("price.updated", price);
      return price;
    },
  }),
  operation({ on: "GET /v1/prices/{id}", run: ({ space, id }) => space.get("price", id) }),
  listing({
    on: "GET /v1/prices",
    kind: "price",
    filters: {
      active: yesNo(),
      currency: currencyCode(),
      lookup_keys: list(text(200), 10),
      product: text(),
      recurring: parts({ interval: interval(), meter: text(), usage_type: oneOf("licensed", "metered") }),
      type: oneOf("one_time", "recurring"),
    },
    where: ({ active, currency, lookup_keys, product, recurring, type }) => [
      ...(active === undefined ? [] : [{ at: "active", is: active }]),
      ...(currency === undefined ? [] : [{ at: "currency", is: currency }]),
      ...(lookup_keys === undefined ? [] : [{ at: "lookup_key", among: lookup_keys }]),
      ...(product === undefined ? [] : [{ at: "product", is: product }]),
      ...(type === undefined ? [] : [{ at: "type", is: type }]),
      ...Object.entries(recurring ?? {}).map(([key, value]) => ({ at: `recurring.${key}`, is: value ?? null })),
    ],
  }),
  searching("GET /v1/prices/search", "price", ["active", "currency", "lookup_key", "product", "type"]),
];

export const priceIncludes: Includes = {
  price: {
    async tiers(space, { id }) {
      const price = await space.own("price", String(id));
      const { tiers } = space.inner(price);
      return tiers?.map(({ up_to, unit, flat }) => ({
        flat_amount: wholeOf(flat),
        flat_amount_decimal: flat,
        unit_amount: wholeOf(unit),
        unit_amount_decimal: unit,
        up_to,
      }));
    },
  },
};

const wholeOf = (text: string | null): number | null => (text !== null && isWhole(scaled(text)) ? Number(text) : null);
