import { AppError, invalid } from "@/lib/errors";
import { type BillingInterval, type Plan, type PlanFamily, priceKey } from "@/lib/plans/catalogue";
import { planNamed, priceOf } from "@/lib/plans/rules";
import { type Stripe, stripeRead } from "@/lib/stripe/client";

/** The plan somebody named, in the words of a family; refused where there is none, or none by that interval. */
export function choosePlan(name: string, family: PlanFamily, interval: BillingInterval): Plan {
  const plan = planNamed(name, family);
  if (!plan) throw invalid({ planId: `There is no plan "${name}" among those for ${family}.` });
  if (priceOf(plan, interval) === null) throw invalid({ interval: `${plan.name} is not sold by the ${interval}.` });
  return plan;
}

/** What Stripe sells a plan by. The price is ours, by its key; nobody else names one. */
export async function stripePrice(plan: Plan, interval: BillingInterval): Promise<string> {
  const key = priceKey(plan.id, interval);
  const { data } = await stripeRead((stripe) => stripe.prices.list({ lookup_keys: [key], active: true, limit: 1 }));
  const [price] = data;
  if (!price)
    throw new AppError("unavailable", "This plan is not for sale yet. The operator has to run the set-up of Stripe.", {
      details: { price: key },
    });
  return price.id;
}

/** What a code that somebody typed in stands for. */
export async function promotion(
  code: string | null | undefined,
): Promise<{ discounts?: [{ promotion_code: string }] }> {
  if (!code) return {};
  const { data } = await stripeRead((stripe) => stripe.promotionCodes.list({ code, active: true, limit: 1 }));
  const [found]: Stripe.PromotionCode[] = data;
  if (!found) throw invalid({ promotionCode: "There is no such code, or it is used up." });
  return { discounts: [{ promotion_code: found.id }] };
}
