import type { Facts } from "@/lib/mail";
import { formatMoney, micros } from "@/lib/money";
import { formatDay } from "@/lib/time";
import type { At, Letter } from "./letter";

const price = ({ micros: amount, interval }: { micros: number; interval: "month" | "year" }) =>
  `${formatMoney(micros(amount))} a ${interval}`;
const day = (instant: string) => formatDay(new Date(instant));
const count = new Intl.NumberFormat("en-US");

export const trialEndingLetter = (facts: Facts<"trial_ending">, at: At): Letter => ({
  subject: `Your trial of ${facts.plan} ends on ${day(facts.endsAt)}`,
  heading: "A trial is about to end",
  figure: { value: price(facts), words: `from ${day(facts.endsAt)} on`, tone: "hold" },
  paragraphs: [
    `The trial of ${facts.plan} for the account ${facts.accountName} ends on ${day(facts.endsAt)}. From then on it costs ${price(facts)}.`,
    "Cancel before that day and nothing is charged.",
  ],
  action: { label: "See the plan", href: at("/dashboard/billing") },
  note: "You get this because you look after the payments of this account.",
});

export const planChangedLetter = (facts: Facts<"plan_changed">, at: At): Letter => ({
  subject: `${facts.accountName} is on ${facts.to} from ${day(facts.startsAt)}`,
  heading: "The plan was changed",
  paragraphs: [`The account ${facts.accountName} goes from ${facts.from} to ${facts.to}.`],
  rows: [
    { label: "Before", value: facts.from },
    { label: "Now", value: facts.to },
    { label: "From", value: day(facts.startsAt) },
    { label: "Price", value: price(facts) },
  ],
  action: { label: "See the plan", href: at("/dashboard/billing") },
  note: "You get this because you look after the payments of this account. If nobody there asked for it, answer to the operator of this Parley.",
});

export const cancelledLetter = ({ accountName, plan, endsAt }: Facts<"subscription_cancelled">, at: At): Letter => ({
  subject: `${plan} ends on ${day(endsAt)}`,
  heading: "The subscription is cancelled",
  paragraphs: [
    `${plan} of the account ${accountName} works until ${day(endsAt)} and is not charged again.`,
    "Keys, members and receipts stay where they are. Until that day you can undo this.",
  ],
  action: { label: "See the subscription", href: at("/dashboard/billing") },
  note: "You get this because you look after the payments of this account. If nobody there asked for it, undo it on that page.",
});

export const quotaWarningLetter = (facts: Facts<"quota_warning">, at: At): Letter => ({
  subject: `${used(facts)} ${facts.what} used`,
  heading: `${percent(facts)} of the ${facts.what} are used`,
  figure: { value: used(facts), words: facts.what, tone: "hold" },
  paragraphs: [
    `The account ${facts.accountName} has ${count.format(facts.limit - facts.used)} ${facts.what} left until ${day(facts.resetsAt)}, when it counts from zero again.`,
    "Nothing stops now. A larger plan has more.",
  ],
  action: { label: "See use and plans", href: at("/dashboard/billing") },
  note: "You get this because you look after the payments of this account.",
});

export const quotaReachedLetter = (facts: Facts<"quota_reached">, at: At): Letter => ({
  subject: `All ${count.format(facts.limit)} ${facts.what} are used`,
  heading: `No ${facts.what} are left`,
  figure: { value: used(facts), words: facts.what, tone: "danger" },
  paragraphs: [
    `The account ${facts.accountName} has used all ${count.format(facts.limit)} ${facts.what} of its plan. What needs more is refused until ${day(facts.resetsAt)}.`,
    "A larger plan works at once.",
  ],
  action: { label: "Change the plan", href: at("/dashboard/billing") },
  note: "You get this because you look after the payments of this account.",
});

type Used = { used: number; limit: number };
const used = (facts: Used) => `${count.format(facts.used)} of ${count.format(facts.limit)}`;
const percent = (facts: Used) => `${Math.floor((100 * facts.used) / facts.limit)} %`;
