import type { Kinds, PriceTier } from "../store/kinds";
import { rounded, type Scaled, scaled, scaledWhole, smaller, times, toText } from "./decimal";

/** What a quantity costs: one part, or one for each tier it reaches. */
export type PricePart = { quantity: string; unit: string; amount: number; tier: number | null };

type Priced = Pick<
  Kinds["price"],
  "billing_scheme" | "tiers_mode" | "unit_amount" | "unit_amount_decimal" | "transform_quantity"
>;

export function chargeFor(price: Priced, tiers: PriceTier[], quantity: Scaled): PricePart[] {
  if (price.billing_scheme === "tiered")
    return price.tiers_mode === "volume" ? volume(tiers, quantity) : graduated(tiers, quantity);
  const unit = unitOf(price);
  const units = transformed(quantity, price.transform_quantity);
  return [{ quantity: toText(quantity), unit: toText(unit), amount: rounded(times(units, unit)), tier: null }];
}

export const totalOf = (parts: PricePart[]): number => parts.reduce((sum, { amount }) => sum + amount, 0);

function unitOf({ unit_amount, unit_amount_decimal }: Priced): Scaled {
  if (unit_amount_decimal !== null) return scaled(unit_amount_decimal);
  return scaledWhole(unit_amount ?? 0);
}

function transformed(quantity: Scaled, rule: Priced["transform_quantity"]): Scaled {
  if (!rule) return quantity;
  const size = scaledWhole(rule.divide_by);
  const groups = quantity / size;
  return scaledWhole(Number(rule.round === "up" && quantity % size !== 0n ? groups + 1n : groups));
}

/** Each unit pays the price of its own tier. */
function graduated(tiers: PriceTier[], quantity: Scaled): PricePart[] {
  const found: PricePart[] = [];
  let from = 0n;
  for (const [index, tier] of tiers.entries()) {
    const to = tier.up_to === null ? quantity : smaller(quantity, scaledWhole(tier.up_to));
    const inside = to - from;
    if (inside <= 0n && index > 0) break;
    found.push(partOf(tier, inside < 0n ? 0n : inside, index));
    from = to;
  }
  return found;
}

/** All units pay the price of the last tier reached. */
function volume(tiers: PriceTier[], quantity: Scaled): PricePart[] {
  const index = tiers.findIndex((tier) => tier.up_to === null || quantity <= scaledWhole(tier.up_to));
  const tier = tiers[index];
  return tier ? [partOf(tier, quantity, index)] : [];
}

function partOf(tier: PriceTier, quantity: Scaled, index: number): PricePart {
  const unit = scaled(tier.unit ?? "0");
  const flat = quantity > 0n || index === 0 ? scaled(tier.flat ?? "0") : 0n;
  return {
    quantity: toText(quantity),
    unit: toText(unit),
    amount: rounded(times(quantity, unit) + flat),
    tier: index + 1,
  };
}
