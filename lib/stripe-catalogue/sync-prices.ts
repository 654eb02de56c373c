import { type Stripe, stripeRead } from "@/lib/stripe/client";
import { decimalCents } from "@/lib/stripe/decimal";
import type { Run } from "./internal";
import { differing, type WantedPrice, type WantedTier } from "./rules";

/** So many keys Stripe looks up in one request. */
const MOST_KEYS = 10;

/** Brings the prices in step. What a price asks cannot be changed, so another price takes over its lookup key. */
export async function syncPrices(run: Run, wanted: WantedPrice[], meters: Map<string, string>): Promise<void> {
  const found = await pricesFor(wanted.map(({ key }) => key));
  for (const price of wanted) {
    const meter = price.meter === null ? null : meters.get(price.meter);
    const old = found.find(({ lookup_key }) => lookup_key === price.key);
    const why = complaintAbout(price, meter, old);
    if (!why) continue;
    run.note(`price ${price.key}`, why);
    await run.write((stripe, options) => stripe.prices.create(asking(price, meter, versionAfter(old)), options));
    // Who pays it already goes on paying it; nobody else begins to.
    if (old?.active) await run.write((stripe, options) => stripe.prices.update(old.id, { active: false }, options));
  }
}

async function pricesFor(keys: string[]): Promise<Stripe.Price[]> {
  const found: Stripe.Price[] = [];
  for (let at = 0; at < keys.length; at += MOST_KEYS) {
    const lookup_keys = keys.slice(at, at + MOST_KEYS);
    const { data } = await stripeRead((stripe) =>
      stripe.prices.list({ lookup_keys, limit: 100, expand: ["data.tiers"] }),
    );
    found.push(...data);
  }
  return found;
}

function complaintAbout(
  { product, interval, amount }: WantedPrice,
  meter: string | null | undefined,
  found: Stripe.Price | undefined,
): string | undefined {
  if (!found) return "missing";
  if (meter === undefined) return "no meter";
  const usage_type = meter === null ? "licensed" : "metered";
  const shape = {
    product,
    active: true,
    currency: "usd",
    recurring: { interval, interval_count: 1, usage_type, meter },
  };
  const fields = differing(shape, found);
  if (JSON.stringify(amount) !== JSON.stringify(amountOf(found))) fields.push("amount");
  return fields.length > 0 ? `another ${fields.join(", ")}` : undefined;
}

/** As `WantedPrice` writes it. */
function amountOf({ tiers, tiers_mode, unit_amount_decimal }: Stripe.Price): WantedPrice["amount"] | null {
  if (!tiers) return unit_amount_decimal === null ? null : String(unit_amount_decimal);
  if (tiers_mode !== "graduated" || tiers.some(({ flat_amount }) => flat_amount)) return null;
  return tiers.map((tier) => ({ up_to: tier.up_to ?? "inf", unit_amount_decimal: String(tier.unit_amount_decimal) }));
}

function asking(
  { key, product, interval, amount }: WantedPrice,
  meter: string | null | undefined,
  version: number,
): Stripe.PriceCreateParams {
  return {
    product,
    currency: "usd",
    lookup_key: key,
    transfer_lookup_key: true,
    nickname: `${key}, version ${version}`,
    metadata: { version: String(version) },
    recurring: { interval, ...(meter && { usage_type: "metered", meter }) },
    ...(typeof amount === "string"
      ? { unit_amount_decimal: decimalCents(amount) }
      : { billing_scheme: "tiered", tiers_mode: "graduated", tiers: amount.map(asTier) }),
  };
}

const asTier = ({ up_to, unit_amount_decimal }: WantedTier) => ({
  up_to,
  unit_amount_decimal: decimalCents(unit_amount_decimal),
});

const versionAfter = (old: Stripe.Price | undefined): number => (old ? Number(old.metadata.version ?? 1) + 1 : 1);
