import { currencyCode } from "../http/currency";
import { noSuch, refused } from "../http/errors";
import { listing } from "../http/list";
import { mergeMetadata, metadata } from "../http/metadata";
import { operation } from "../http/operation";
import { clearable, decimal, integer, list, must, oneOf, opaque, parts, type Read, text, yesNo } from "../http/params";
import { searching } from "../http/search";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { createPrice, interval } from "./create-price";
import { newProduct } from "./new-product";

const facts = {
  active: yesNo(),
  description: clearable(text(40_000)),
  images: clearable(list(text(), 8)),
  marketing_features: clearable(list(parts({ name: must(text(80)) }), 15)),
  metadata: metadata(),
  name: text(250),
  package_dimensions: opaque(),
  shippable: yesNo(),
  statement_descriptor: text(22),
  tax_code: clearable(text()),
  unit_label: clearable(text(12)),
  url: clearable(text()),
};
const defaultPrice = parts({
  currency: must(currencyCode()),
  custom_unit_amount: opaque(),
  metadata: metadata(),
  recurring: parts({ interval: must(interval()), interval_count: integer() }),
  tax_behavior: oneOf("exclusive", "inclusive", "unspecified"),
  unit_amount: integer(),
  unit_amount_decimal: decimal(),
});
const created = {
  ...facts,
  name: must(text(250)),
  id: text(),
  default_price_data: defaultPrice,
  type: oneOf("good", "service"),
};

export const productOperations = [
  operation({
    on: "POST /v1/products",
    params: created,
    async run({ space, params }) {
      const product = newProduct(space.now, params.name);
      if (params.id !== undefined) {
        if (await space.anything(params.id))
          throw refused("Product already exists.", { code: "resource_already_exists", param: "id" });
        product.id = params.id;
      }
      space.add(product);
      change(product, params, space.now);
      space.announce("product.created", product);
      if (params.default_price_data) {
        const { metadata: data, ...rest } = params.default_price_data;
        const price = await createPrice(space, { ...rest, product: product.id, metadata: data });
        product.default_price = price.id;
        space.announceChange("product.updated", product);
      }
      return product;
    },
  }),
  operation({
    on: "POST /v1/products/{id}",
    params: { ...facts, default_price: clearable(text()) },
    async run({ space, params, id }) {
      const product = await space.get("product", id);
      change(product, params, space.now);
      if (params.default_price) await judgeDefault(space, product, params.default_price);
      if (params.default_price !== undefined) product.default_price = params.default_price;
      space.announceChange("product.updated", product);
      return product;
    },
  }),
  operation({ on: "GET /v1/products/{id}", run: ({ space, id }) => space.get("product", id) }),
  operation({
    on: "DELETE /v1/products/{id}",
    async run({ space, id }) {
      const product = await space.get("product", id);
      const [price] = await space.select("price", { where: [{ at: "product", is: id }], limit: 1 });
      if (price) throw refused("This product cannot be deleted because it has one or more user-created prices.");
      space.remove(product);
      space.announce("product.deleted", product);
      return { id, object: "product", deleted: true };
    },
  }),
  listing({
    on: "GET /v1/products",
    kind: "product",
    filters: { active: yesNo(), ids: list(text()), shippable: yesNo(), url: text() },
    where: ({ active, ids, shippable, url }) => [
      ...(active === undefined ? [] : [{ at: "active", is: active }]),
      ...(ids === undefined ? [] : [{ at: "id", among: ids }]),
      ...(shippable === undefined ? [] : [{ at: "shippable", is: shippable }]),
      ...(url === undefined ? [] : [{ at: "url", is: url }]),
    ],
  }),
  searching("GET /v1/products/search", "product", ["active", "description", "name", "shippable", "url"]),
];

type Change = Partial<Read<typeof facts>>;

function change(product: Kinds["product"], params: Change, now: number): void {
  const before = JSON.stringify(product);
  if (params.active !== undefined) product.active = params.active;
  if (params.name !== undefined) product.name = params.name;
  for (const key of ["description", "unit_label", "url", "tax_code"] as const) {
    const value = params[key];
    if (value !== undefined) product[key] = value;
  }
  if (params.images !== undefined) product.images = params.images ?? [];
  if (params.marketing_features !== undefined) product.marketing_features = params.marketing_features ?? [];
  if (params.shippable !== undefined) product.shippable = params.shippable;
  if (params.statement_descriptor !== undefined) product.statement_descriptor = params.statement_descriptor;
  product.metadata = mergeMetadata(product.metadata, params.metadata);
  if (JSON.stringify(product) !== before) product.updated = now;
}

async function judgeDefault(space: Space, product: Kinds["product"], id: string): Promise<void> {
  const price = await space.find("price", id);
  if (price?.product !== product.id) throw noSuch("price", id, "default_price");
}
