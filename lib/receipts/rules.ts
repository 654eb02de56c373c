import { formatAmount } from "@/lib/books/rules";
import { formatMoney, micros, share } from "@/lib/money";
import { type AccountPot, assetOf, type HousePot, type LotKind } from "@/lib/pots";
import type { Amount, Line, ReceiptLot } from "./schema";

export type Moved = { pot: AccountPot; amount: number; after: number };

/** What a receipt is written from. Entries of one pot are one line. */
export type Story = {
  kind: string;
  title: string;
  moved: readonly Moved[];
  lots: readonly ReceiptLot[];
  /** What came from Stripe or went back there, in micros. */
  cash: number;
};

export const amountOf = (pot: AccountPot | HousePot, units: number): Amount => {
  const asset = assetOf(pot);
  return { asset, units, text: asset === "usd" ? formatAmount(pot, units) : creditsOf(units) };
};

export const dollarsOf = (units: number): Amount => ({ asset: "usd", units, text: formatMoney(micros(units)) });

const creditsOf = (count: number): string =>
  `${formatAmount("credits", count)} ${Math.abs(count) === 1 ? "credit" : "credits"}`;

/** What a lot's part cost, rounded to a millionth. */
export const priceOf = (lot: { price: number; amount: number }, part: number): number =>
  share(micros(lot.price), part, lot.amount);

/** Which of the pots a transfer is about: what can be spent, before what is only set aside or owed. */
export function mainOf(moved: readonly Moved[]): Moved | undefined {
  const rank = ({ pot }: Moved) => (pot === "credits" ? 0 : pot === "wallet" ? 1 : 2);
  return [...moved].sort((one, other) => rank(one) - rank(other))[0];
}

/** What it was about, never below zero. */
export function totalOf(story: Story): Amount {
  if (story.cash !== 0 && !story.kind.endsWith("won")) return dollarsOf(Math.abs(story.cash));
  const main = mainOf(story.moved);
  return main ? amountOf(main.pot, Math.abs(main.amount)) : dollarsOf(0);
}

/** Who reads it: somebody of the account, or staff, who looks at somebody else's. */
export type Reader = "own" | "staff";

const CALLED = {
  own: { Who: "You", to: "you", their: "your", were: "were" },
  staff: { Who: "This account", to: "this account", their: "its", were: "was" },
} as const;

/** What happened, in one sentence. */
export function sentenceOf(story: Story, reader: Reader = "own"): string {
  const main = mainOf(story.moved);
  const size = main ? amountOf(main.pot, Math.abs(main.amount)).text : "Nothing";
  const cash = dollarsOf(Math.abs(story.cash)).text;
  const words = WORDS[story.kind] ?? WORDS[story.kind.replace(/^[^.]+/, "*")];
  const called = CALLED[reader];
  if (words) return words({ size, cash, ...called });
  return (main?.amount ?? 0) < 0 ? `${called.Who} spent ${size}.` : `${called.Who} received ${size}.`;
}

type Words = (said: { size: string; cash: string } & (typeof CALLED)[Reader]) => string;

/** By the kind of the transfer, a star for whatever it is about. */
const WORDS: Record<string, Words> = {
  "credits.bought": ({ Who, size, cash }) => `${Who} bought ${size} for ${cash}.`,
  "credits.welcome": ({ Who, were, size }) => `${Who} ${were} given ${size} to begin with.`,
  "credits.expired": ({ size }) => `${size} ran out.`,
  "wallet.topped_up": ({ Who, their, size }) => `${Who} put ${size} into ${their} wallet.`,
  "wallet.expired": ({ size }) => `${size} ran out.`,
  "*.refunded": ({ to, cash }) => `${cash} was paid back to ${to}.`,
  "*.refund_failed": ({ cash }) => `A refund of ${cash} did not go through.`,
  "*.disputed": ({ their, cash }) => `${capital(their)} bank took back ${cash}.`,
  "*.dispute_won": ({ size }) => `The dispute is over, and ${size} came back.`,
  "*.reinstated": ({ their, cash, size }) => `${capital(their)} bank gave back ${cash} of what it had taken: ${size}.`,
  "*.uncollected": ({ size }) => `${size} came back that had paid a debt which is none any more.`,
  "*.collected": ({ size }) => `${size} paid what was owed.`,
  "*.held": ({ size }) => `${size} was set aside.`,
};

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const LOT_NAMES: Record<LotKind, string> = { paid: "bought", bonus: "given on top", promotional: "given" };

/** How the amount came about, line by line. */
export function computationOf(story: Story): { steps: Line[]; sum: Line } {
  const main = mainOf(story.moved);
  const brought = story.lots.filter(({ use, amount }) => use === "brought" && amount.asset === "credit");
  if (story.kind === "credits.bought" && brought.length > 0) return purchase(brought, story.cash);
  const used = story.lots.filter(({ use }) => use === "used");
  if (main && used.length > 0 && assetOf(main.pot) === "credit") return usage(used, main);
  return change(main);
}

function purchase(brought: readonly ReceiptLot[], cash: number): { steps: Line[]; sum: Line } {
  const count = brought.reduce((sum, { amount }) => sum + amount.units, 0);
  const price = micros(Math.abs(cash));
  return {
    steps: [
      ...brought.map(({ kind, amount }) => ({
        label: LOT_NAMES[kind],
        value: formatAmount("credits", amount.units),
      })),
      {
        label: `one credit, ${formatMoney(price)} / ${formatAmount("credits", count)}`,
        value: formatMoney(share(price, 1, count)),
      },
    ],
    sum: { label: creditsOf(count), value: formatMoney(price) },
  };
}

const usage = (used: readonly ReceiptLot[], main: Moved) => ({
  steps: used.map(({ kind, amount, price }) => ({
    label: `${amount.text} of those ${LOT_NAMES[kind]}`,
    value: price.text,
  })),
  sum: {
    label: creditsOf(Math.abs(main.amount)),
    value: dollarsOf(used.reduce((sum, { price }) => sum + price.units, 0)).text,
  },
});

function change(main: Moved | undefined): { steps: Line[]; sum: Line } {
  if (!main) return { steps: [], sum: { label: "nothing moved", value: "" } };
  // What is owed is entered below zero and counted above it.
  const moved = main.pot.endsWith("_owed") ? 0 - main.amount : main.amount;
  return {
    steps: [
      { label: "before", value: formatAmount(main.pot, main.after - moved) },
      { label: moved < 0 ? "went out" : "came in", value: formatAmount(main.pot, moved) },
    ],
    sum: { label: "after", value: formatAmount(main.pot, main.after) },
  };
}
