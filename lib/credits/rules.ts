import { type Micros, share } from "@/lib/money";
import {
  type CreditPackage,
  creditPackages,
  creditsPerExtra,
  creditsPerMinute,
  type PackageNumber,
} from "@/lib/plans/catalogue";

export const findPackage = (id: number): CreditPackage | undefined => creditPackages.find((one) => one.id === id);

/** What one credit of a package costs, those that come on top counted too. Rounded to a millionth of a dollar. */
export const pricePerCredit = ({ price, credits, bonusCredits }: CreditPackage): Micros =>
  share(price, 1, credits + bonusCredits);

/** The smallest package that covers what is missing; where nothing is, the one that is worth most. */
export function packageFor(missing: number): PackageNumber {
  const best = creditPackages.find(({ isBestValue }) => isBestValue)?.id ?? 1;
  if (missing <= 0) return best;
  const fitting = creditPackages.find(({ credits, bonusCredits }) => credits + bonusCredits >= missing);
  return fitting?.id ?? creditPackages.at(-1)?.id ?? best;
}

/** Below this somebody is told that they run low. */
export const lowBalance = 10;

export type Resolution = keyof typeof creditsPerMinute;
export type Video = {
  durationMinutes: number;
  resolution: Resolution;
  customMusic: boolean;
  premiumTTS: boolean;
  aiEnhancement: boolean;
};

export type CostLine = { label: string; formula: string; credits: number };
export type Cost = { credits: number; formula: string; lines: CostLine[] };

/** What a video costs, line by line. Extras are added once, however long it is. */
export function calculateCost(video: Video): Cost {
  const perMinute = creditsPerMinute[video.resolution];
  const length = `${video.durationMinutes} ${video.durationMinutes === 1 ? "minute" : "minutes"}`;
  const lines: CostLine[] = [
    {
      label: `${video.resolution} video`,
      formula: `${length} x ${perMinute} credits`,
      credits: video.durationMinutes * perMinute,
    },
    ...extrasOf(video).map(([label, credits]) => ({ label, formula: `${credits} credits, once`, credits })),
  ];
  const credits = lines.reduce((sum, line) => sum + line.credits, 0);
  return { credits, formula: `${lines.map((line) => line.credits).join(" + ")} = ${credits} credits`, lines };
}

const extrasOf = ({ customMusic, premiumTTS, aiEnhancement }: Video): [label: string, credits: number][] => [
  ...(customMusic ? [["Custom music", creditsPerExtra.customMusic] as [string, number]] : []),
  ...(premiumTTS ? [["Premium voice", creditsPerExtra.premiumVoice] as [string, number]] : []),
  ...(aiEnhancement ? [["AI enhancement", creditsPerExtra.aiEnhancement] as [string, number]] : []),
];

export const TRANSACTION_KINDS = ["purchase", "gift", "refund", "dispute", "expiry", "usage"] as const;
export type TransactionKind = (typeof TRANSACTION_KINDS)[number];

/** Which movements of the ledger a reader knows by which word. Whatever is not here was used for something. */
export const TRANSFER_KINDS: Record<Exclude<TransactionKind, "usage">, readonly string[]> = {
  purchase: ["credits.bought"],
  gift: ["credits.welcome", "credits.given"],
  refund: ["credits.refunded", "credits.refund_failed"],
  dispute: [
    ...["credits.disputed", "credits.dispute_won", "credits.reinstated"],
    ...["credits.collected", "credits.uncollected"],
  ],
  expiry: ["credits.expired"],
};

const namedKinds = Object.entries(TRANSFER_KINDS) as [Exclude<TransactionKind, "usage">, readonly string[]][]; // the table has no other keys

export const kindOf = (transferKind: string): TransactionKind =>
  namedKinds.find(([, kinds]) => kinds.includes(transferKind))?.[0] ?? "usage";

/** One line of a file for spreadsheets. */
export const csvLine = (cells: readonly (string | number)[]): string => `${cells.map(csvCell).join(",")}\r\n`;

/** A spreadsheet would carry out a text that begins like a formula. An apostrophe before it makes it a text again. */
function csvCell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const harmless = /^[\s]*[=+\-@|%]/.test(value) || /^[\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
