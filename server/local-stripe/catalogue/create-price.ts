import { currencyCode } from "../http/currency";
import { exclusive, missing, noSuch, refused } from "../http/errors";
import { mergeMetadata, metadata } from "../http/metadata";
import {
  decimal,
  either,
  type Field,
  integer,
  list,
  must,
  oneOf,
  opaque,
  parts,
  type Read,
  text,
  yesNo,
} from "../http/params";
import { newStripeId } from "../store/ids";
import type { Kinds, PriceTier } from "../store/kinds";
import type { Space } from "../store/space";
import { isWhole, scaled } from "./decimal";
import { newProduct } from "./new-product";

export const interval = () => oneOf("day", "week", "month", "year");
const LARGEST = 99_999_999;

const tier = parts({
  flat_amount: integer(),
  flat_amount_decimal: decimal(),
  unit_amount: integer(),
  unit_amount_decimal: decimal(),
  up_to: must(either<"inf", number>(oneOf("inf"), integer())),
});
const recurring = parts({
  interval: must(interval()),
  interval_count: integer(),
  meter: text(),
  trial_period_days: integer(),
  usage_type: oneOf("licensed", "metered"),
});
export const priceFacts = {
  active: yesNo(),
  billing_scheme: oneOf("per_unit", "tiered"),
  currency: must(currencyCode()),
  currency_options: opaque(),
  custom_unit_amount: opaque(),
  lookup_key: text(200),
  metadata: metadata(),
  nickname: text(),
  product: text(),
  product_data: parts({
    active: yesNo(),
    id: text(),
    metadata: metadata(),
    name: must(text(250)),
    statement_descriptor: text(22),
    tax_code: text(),
    tax_details: opaque(),
    unit_label: text(12),
  }),
  recurring,
  tax_behavior: oneOf("exclusive", "inclusive", "unspecified"),
  tiers: list(tier, 100),
  tiers_mode: oneOf("graduated", "volume"),
  transfer_lookup_key: yesNo(),
  transform_quantity: parts({ divide_by: must(integer()), round: must(oneOf("up", "down")) }),
  unit_amount: integer(),
  unit_amount_decimal: decimal(),
};
type All = Read<typeof priceFacts>;
export type NewPrice = Partial<All> & Pick<All, "currency">;

/** A price named inside another request: `items[0][price_data]`. */
export const priceData = () =>
  parts({
    currency: must(currencyCode()),
    product: text(),
    product_data: parts({
      description: text(),
      images: list(text(), 8),
      metadata: metadata(),
      name: must(text(250)),
      tax_code: text(),
      tax_details: opaque(),
      unit_label: text(),
    }),
    recurring: parts({ interval: must(interval()), interval_count: integer() }),
    tax_behavior: oneOf("exclusive", "inclusive", "unspecified"),
    unit_amount: integer(),
    unit_amount_decimal: decimal(),
  });
export type PriceData = ReturnType<typeof priceData> extends Field<infer T> ? T : never;

/** A price for one use: it exists, and is inactive so that nothing else buys it. */
export async function inlinePrice(space: Space, data: PriceData): Promise<Kinds["price"]> {
  const { product_data: named, ...rest } = data;
  return createPrice(space, { ...rest, active: false, ...(named && { product_data: pick(named) }) });
}

const pick = (named: NonNullable<PriceData["product_data"]>) => ({
  ...{ active: true, id: undefined, metadata: named.metadata, name: named.name },
  ...{
    statement_descriptor: undefined,
    tax_code: named.tax_code,
    tax_details: undefined,
    unit_label: named.unit_label,
  },
});

export async function createPrice(space: Space, params: NewPrice): Promise<Kinds["price"]> {
  const currency = params.currency.toLowerCase();
  const tiers = judgeAmount(params);
  const meter = await judgeRecurring(space, params);
  const product = await productOf(space, params);
  await takeLookupKey(space, params.lookup_key, params.transfer_lookup_key);
  const decimalAmount =
    params.unit_amount_decimal ?? (params.unit_amount === undefined ? null : String(params.unit_amount));

  const price = space.add<"price">(
    {
      id: newStripeId("price"),
      object: "price",
      active: params.active ?? true,
      billing_scheme: tiers ? "tiered" : "per_unit",
      created: space.now,
      currency,
      custom_unit_amount: null,
      livemode: false,
      lookup_key: params.lookup_key ?? null,
      metadata: mergeMetadata(null, params.metadata),
      nickname: params.nickname ?? null,
      product,
      recurring: params.recurring
        ? {
            interval: params.recurring.interval,
            interval_count: params.recurring.interval_count ?? 1,
            meter,
            trial_period_days: params.recurring.trial_period_days ?? null,
            usage_type: params.recurring.usage_type ?? "licensed",
          }
        : null,
      tax_behavior: params.tax_behavior ?? "unspecified",
      tiers_mode: tiers ? (params.tiers_mode ?? null) : null,
      transform_quantity: params.transform_quantity ?? null,
      type: params.recurring ? "recurring" : "one_time",
      unit_amount: decimalAmount !== null && isWhole(scaled(decimalAmount)) ? Number(decimalAmount) : null,
      unit_amount_decimal: decimalAmount,
    },
    tiers ? { tiers } : {},
  );
  if (price.recurring) space.announce("plan.created", planOf(price));
  space.announce("price.created", price);
  return price;
}

/** A lookup key names one price. Moving it is asked for. */
export async function takeLookupKey(
  space: Space,
  key: string | undefined,
  transfer: boolean | undefined,
): Promise<void> {
  if (key === undefined) return;
  const [holder] = await space.select("price", { where: [{ at: "lookup_key", is: key }], limit: 1 });
  if (!holder) return;
  if (!transfer) {
    throw refused(`A price (\`${holder.id}\`) already uses that lookup key.`, {
      code: "resource_already_exists",
      param: "lookup_key",
    });
  }
  holder.lookup_key = null;
  space.announceChange("price.updated", holder);
}

function judgeAmount(params: NewPrice): PriceTier[] | undefined {
  if (params.custom_unit_amount !== undefined || params.currency_options !== undefined) {
    throw refused("The local Stripe does not implement custom_unit_amount and currency_options.", { status: 501 });
  }
  if (params.unit_amount !== undefined && params.unit_amount_decimal !== undefined)
    throw exclusive("unit_amount", "unit_amount_decimal");
  if (params.billing_scheme !== "tiered") {
    if (params.tiers) throw refused("You cannot set `tiers` unless `billing_scheme` is `tiered`.", { param: "tiers" });
    if (params.unit_amount === undefined && params.unit_amount_decimal === undefined) throw missing("unit_amount");
    if ((params.unit_amount ?? 0) < 0)
      throw refused("Invalid non-negative integer", { code: "parameter_invalid_integer", param: "unit_amount" });
    if ((params.unit_amount ?? 0) > LARGEST)
      throw refused("Amount must be no more than $999,999.99", { code: "amount_too_large", param: "unit_amount" });
    return undefined;
  }
  if (params.unit_amount !== undefined || params.unit_amount_decimal !== undefined)
    throw exclusive("tiers", "unit_amount");
  if (!params.tiers_mode) throw missing("tiers_mode");
  if (params.transform_quantity) throw exclusive("tiers", "transform_quantity");
  return readTiers(params.tiers ?? []);
}

function readTiers(tiers: NonNullable<NewPrice["tiers"]>): PriceTier[] {
  const last = tiers.at(-1);
  if (!last) throw missing("tiers");
  if (last.up_to !== "inf") throw refused("The last tier must be `inf`.", { param: "tiers" });
  let reached = 0;
  return tiers.map((one, index) => {
    if (one.unit_amount !== undefined && one.unit_amount_decimal !== undefined)
      throw exclusive(`tiers[${index}][unit_amount]`, "unit_amount_decimal");
    if (one.up_to === "inf" ? one !== last : one.up_to <= reached)
      throw refused("Tiers must rise.", { param: `tiers[${index}][up_to]` });
    if (one.up_to !== "inf") reached = one.up_to;
    return {
      up_to: one.up_to === "inf" ? null : one.up_to,
      unit: textOf(one.unit_amount, one.unit_amount_decimal),
      flat: textOf(one.flat_amount, one.flat_amount_decimal),
    };
  });
}

const textOf = (whole: number | undefined, exact: string | undefined): string | null =>
  exact ?? (whole === undefined ? null : String(whole));

async function judgeRecurring(space: Space, { recurring: rhythm }: NewPrice): Promise<string | null> {
  const meter = rhythm?.meter;
  if (rhythm?.usage_type === "metered" && meter === undefined) throw missing("recurring[meter]");
  if (meter === undefined) return null;
  if (rhythm?.usage_type !== "metered")
    throw refused("`recurring[meter]` requires `recurring[usage_type]` to be `metered`.", {
      param: "recurring[meter]",
    });
  if (!(await space.find("billing.meter", meter))) throw noSuch("meter", meter, "recurring[meter]");
  return meter;
}

async function productOf(space: Space, params: NewPrice): Promise<string> {
  if (params.product !== undefined && params.product_data) throw exclusive("product", "product_data");
  if (params.product !== undefined) {
    if (!(await space.find("product", params.product))) throw noSuch("product", params.product, "product");
    return params.product;
  }
  if (!params.product_data) throw missing("product");
  const { id, name, metadata: data, unit_label } = params.product_data;
  const product = space.add({
    ...newProduct(space.now, name),
    ...(id !== undefined && { id }),
    metadata: mergeMetadata(null, data),
    unit_label: unit_label ?? null,
  });
  space.announce("product.created", product);
  return product.id;
}

/** The older twin of a recurring price, still part of every subscription item. */
export function planOf(price: Kinds["price"]) {
  return {
    id: price.id,
    object: "plan" as const,
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: price.billing_scheme,
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval ?? ("month" as const),
    interval_count: price.recurring?.interval_count ?? 1,
    livemode: false,
    metadata: price.metadata,
    meter: price.recurring?.meter ?? null,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: price.tiers_mode,
    transform_usage: price.transform_quantity,
    trial_period_days: price.recurring?.trial_period_days ?? null,
    usage_type: price.recurring?.usage_type ?? ("licensed" as const),
  };
}
