import { z } from "zod";
import { BILLING_INTERVALS, PLAN_FAMILIES } from "./catalogue";

const Price = z.object({ amount: z.string(), currency: z.literal("usd"), micros: z.number().int() });

export const ListPlans = z.strictObject({ family: z.enum(PLAN_FAMILIES).optional() });
export type ListPlans = z.output<typeof ListPlans>;

export const PlanForSale = z.object({
  id: z.string().meta({ examples: ["rooms-professional"] }),
  family: z.enum(PLAN_FAMILIES),
  name: z.string(),
  price: z.number().describe("Dollars for one month"),
  currency: z.literal("usd"),
  interval: z.literal("month"),
  prices: z.array(z.object({ interval: z.enum(BILLING_INTERVALS), price: Price })),
  limits: z.record(z.string(), z.number()).describe("How much of what it holds"),
  features: z.array(z.string()).describe("What it holds besides, in words"),
});
export type PlanForSale = z.output<typeof PlanForSale>;
export const Plans = z.object({ plans: z.array(PlanForSale) });
export type Plans = z.output<typeof Plans>;
