import { env } from "@/lib/env";
import { route } from "@/lib/http/route";
import { gatewayPlan } from "@/lib/plans/catalogue";
import { plansForSale } from "@/lib/plans/for-sale";
import { ListPlans, Plans } from "@/lib/plans/schema";

export const GET = route({
  summary: "List the plans and what they hold",
  auth: "public",
  query: ListPlans,
  output: Plans,
  handle: async ({ query, family }) =>
    plansForSale(
      { family, ...query },
      {
        pricePerCall: env().COST_PER_CALL ?? gatewayPlan.pricePerCall,
        freeCalls: env().FREE_TIER_CALLS ?? gatewayPlan.freeCallsPerMonth,
      },
    ),
});
