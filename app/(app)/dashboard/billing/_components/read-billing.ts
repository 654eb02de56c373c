import { isId } from "@/lib/ids";
import type { InvoiceSummary } from "@/lib/invoices/schema";
import { type BillingInterval, findPlan, type PlanFamily } from "@/lib/plans/catalogue";
import type { Subscription } from "@/lib/subscriptions/schema";

export type BillingParams = Partial<Record<"plan" | "interval" | "cursor", string | string[]>>;
export type AskedPlan = { family: PlanFamily; planId: string; interval: BillingInterval };

/** What the address asks for: a plan to take up, or a later page of invoices. */
export function readBilling({ plan, interval, cursor }: BillingParams) {
  const found = typeof plan === "string" ? findPlan(plan) : undefined;
  const asked: AskedPlan | undefined = found && {
    family: found.family,
    planId: found.id,
    interval: interval === "year" ? "year" : "month",
  };
  return { asked, cursor: isId("invoice", cursor) ? cursor : undefined };
}

/** The one that lives, or else the last there was. */
export const latestOf = (all: Subscription[], family: PlanFamily): Subscription | undefined => {
  const ofFamily = all.filter((one) => one.family === family);
  return ofFamily.find(({ standing }) => standing !== "ended") ?? ofFamily[0];
};

/** The last bill of a plan that is still open. */
export const unpaidOf = (invoices: InvoiceSummary[], subscription: Subscription | undefined) =>
  subscription &&
  invoices.find(({ status, subscriptionId }) => status === "open" && subscriptionId === subscription.id)?.id;

const HAD = ["trialing", "active", "past_due", "unpaid", "paused", "canceled"];

/** A trial is for whoever never had a plan of this family. */
export const trialDaysFor = (all: Subscription[], family: PlanFamily, days: number): number =>
  all.some((one) => one.family === family && HAD.includes(one.status)) ? 0 : days;
