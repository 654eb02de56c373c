/** What the books count: dollars in millionths, and credits in whole ones. */
export const ASSETS = ["usd", "credit"] as const;
export type Asset = (typeof ASSETS)[number];

type Pot = {
  asset: Asset;
  /** Whether what lies in it came in lots, each with a price, an order and an end. */
  inLots: boolean;
  /** What the balance of the pot counts: what lies in it, or what is owed. Neither is ever below zero. */
  counts: "held" | "owed";
};

const held = (asset: Asset, { inLots = false } = {}): Pot => ({ asset, inLots, counts: "held" });
const owed = (asset: Asset): Pot => ({ asset, inLots: false, counts: "owed" });

/** Where an account's value lies. Each has a balance. */
export const ACCOUNT_POTS = {
  wallet: held("usd", { inLots: true }),
  wallet_held: held("usd"),
  wallet_owed: owed("usd"),
  credits: held("credit", { inLots: true }),
  credits_held: held("credit"),
  credits_owed: owed("credit"),
  earnings_pending: held("usd"),
  earnings: held("usd"),
  earnings_owed: owed("usd"),
} as const satisfies Record<string, Pot>;
export type AccountPot = keyof typeof ACCOUNT_POTS;

/** Where the house's value lies. These only gather entries, so that nobody waits for anybody there. */
export const HOUSE_POTS = {
  stripe: { asset: "usd", meaning: "Money at Stripe" },
  disputed: { asset: "usd", meaning: "Taken by Stripe while a dispute is open" },
  deferred: { asset: "usd", meaning: "Paid for credits that are not used yet" },
  income_credits: { asset: "usd", meaning: "Earned by credits that were used" },
  income_commission: { asset: "usd", meaning: "Our share of sessions and gifts" },
  income_plans: { asset: "usd", meaning: "Earned by subscriptions" },
  income_breakage: { asset: "usd", meaning: "Earned by credits that ran out" },
  cost_fees: { asset: "usd", meaning: "Fees that Stripe took" },
  cost_promotions: { asset: "usd", meaning: "Given away" },
  cost_disputes: { asset: "usd", meaning: "Lost in disputes" },
  issued_paid: { asset: "credit", meaning: "Credits that were bought" },
  issued_bonus: { asset: "credit", meaning: "Credits that came with a package" },
  issued_promotional: { asset: "credit", meaning: "Credits that were given away" },
  burned: { asset: "credit", meaning: "Credits that were used" },
  expired: { asset: "credit", meaning: "Credits that ran out" },
} as const satisfies Record<string, { asset: Asset; meaning: string }>;
export type HousePot = keyof typeof HOUSE_POTS;

export const LOT_KINDS = ["promotional", "bonus", "paid"] as const;
/** How somebody came by what is in a lot; also the order in which lots are used up. */
export type LotKind = (typeof LOT_KINDS)[number];

const namesOf = <T extends object>(pots: T) => Object.keys(pots) as (keyof T & string)[]; // the tables above have no other keys

export const accountPots = namesOf(ACCOUNT_POTS);
export const housePots = namesOf(HOUSE_POTS);

export const assetOf = (pot: AccountPot | HousePot): Asset => ({ ...ACCOUNT_POTS, ...HOUSE_POTS })[pot].asset;
