import { z } from "zod";

export const SetUpStripe = z.strictObject({
  /** `check` looks and writes nothing. */
  mode: z.enum(["apply", "check"]),
  /** Where this Parley hears of Stripe's events. Null where no Stripe could reach it; then there are no endpoints. */
  webhookUrl: z.url().nullable(),
  /** Where the billing portal leads back to. */
  returnUrl: z.url(),
  /** `roll` makes a second endpoint with another secret. The first goes at the next run, when ours knows the other. */
  secrets: z.enum(["keep", "roll"]),
});
export type SetUpStripe = z.output<typeof SetUpStripe>;

/** One thing that Stripe lacks or has otherwise. */
export type Finding = { what: string; why: string };

export type StripeSetUp = {
  findings: Finding[];
  /** Of the endpoints made just now. Stripe tells each once. */
  secrets: string[];
};
