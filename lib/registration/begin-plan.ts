import type { Ctx, UserActor } from "@/lib/ctx";
import { invalid, isAppError, isOutage } from "@/lib/errors";
import { log } from "@/lib/log";
import { micros, toWire } from "@/lib/money";
import { findPlan, type Plan, type PlanFamily } from "@/lib/plans/catalogue";
import { planNamed, planTitle } from "@/lib/plans/rules";
import { createSubscription } from "@/lib/subscriptions/create";
import type { Registered } from "./schema";

/** The plan that a newcomer names: by its id, or in the words of the address. */
export function wantedPlan(name: string | undefined, family: PlanFamily = "rooms"): Plan | undefined {
  if (name === undefined) return undefined;
  const plan = findPlan(name) ?? planNamed(name, family);
  if (!plan) throw invalid({ plan: `There is no plan "${name}" among those for ${family}.` });
  return plan;
}

/** Begins the plan of somebody who has just registered. Where Stripe cannot be asked, they are registered all the same. */
export async function beginPlan(ctx: Ctx<UserActor>, plan: Plan): Promise<Registered["plan"]> {
  const price = toWire(plan.monthlyPrice);
  const named = { planId: plan.id, title: planTitle(plan), price };
  try {
    const { subscription, confirm } = await createSubscription(ctx, {
      ...{ planId: plan.id, family: plan.family, interval: "month" as const },
    });
    const due = confirm?.kind === "payment" ? price : toWire(micros(0));
    return { ...named, due, status: subscription.status, subscriptionId: subscription.id, confirm };
  } catch (error) {
    if (!isOutage(error) && !(isAppError(error) && BEGUN_LATER.includes(error.code))) throw error;
    log().warn({ err: error, plan: plan.id }, "the plan of a newcomer was not begun");
    return { ...named, due: price, status: "new", subscriptionId: null, confirm: null };
  }
}

const BEGUN_LATER = ["unavailable", "outcome_unknown"];
