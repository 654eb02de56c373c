import { toPriceTag } from "@/components/brand/amounts";
import type { TagTone } from "@/components/ui/tag";
import { micros } from "@/lib/money";
import type { BillingInterval, PlanFamily } from "@/lib/plans/catalogue";
import type { Subscription } from "@/lib/subscriptions/schema";
import { formatDay } from "@/lib/time";

export const FAMILY_WORDS: Record<PlanFamily, { title: string; what: string }> = {
  rooms: { title: "Rooms", what: "Video and voice in your own app." },
  compute: { title: "Compute", what: "Cores, memory and storage for running work." },
  gateway: { title: "API gateway", what: "Billed by the call, after the free ones." },
};

export const STANDING_WORDS: Record<Subscription["standing"], { word: string; tone: TagTone }> = {
  starting: { word: "Not paid yet", tone: "held" },
  trial: { word: "Trial", tone: "held" },
  good: { word: "Active", tone: "settled" },
  grace: { word: "Past due", tone: "held" },
  suspended: { word: "Suspended", tone: "lost" },
  paused: { word: "Paused", tone: "held" },
  ended: { word: "Ended", tone: "draft" },
};

export const perInterval = (interval: BillingInterval): string => (interval === "year" ? "a year" : "a month");

export const priceWords = ({ price, interval }: Pick<Subscription, "price" | "interval">): string =>
  `${toPriceTag(micros(price.micros))} ${perInterval(interval)}`;

export const hasPlan = (subscription: Subscription | undefined): subscription is Subscription =>
  subscription !== undefined && subscription.standing !== "ended" && subscription.standing !== "starting";

/** What comes next, and when. */
export function nextWords({ standing, currentPeriodEnd, cancelAt, next, trialEndsAt }: Subscription): string | null {
  if (cancelAt) return `Ends on ${formatDay(cancelAt)}`;
  if (standing === "trial" && trialEndsAt) return `Trial until ${formatDay(trialEndsAt)}`;
  if (next) return `${next.plan.title} from ${formatDay(next.startsAt)}`;
  return standing === "good" && currentPeriodEnd ? `Renews on ${formatDay(currentPeriodEnd)}` : null;
}
