import { z } from "zod";
import { idSchema } from "@/lib/input";

export const Card = z.object({
  id: idSchema("card"),
  kind: z.enum(["card", "bank"]),
  brand: z.string().meta({ examples: ["visa"] }),
  last4: z.string().meta({ examples: ["4242"] }),
  expMonth: z
    .number()
    .int()
    .nullable()
    .meta({ examples: [12] }),
  expYear: z
    .number()
    .int()
    .nullable()
    .meta({ examples: [2028] }),
  expired: z.boolean(),
  isDefault: z.boolean().describe("What is charged where nobody says which"),
  addedAt: z.date(),
});
export type Card = z.output<typeof Card>;

export const Cards = z.object({ paymentMethods: z.array(Card) });
export type Cards = z.output<typeof Cards>;

export const CardSetup = z.object({
  setupIntentId: z.string().meta({ examples: ["seti_1QyR8bLkdIwHu7ix0aBcDeFg"] }),
  clientSecret: z.string().describe("For Stripe.js, which takes the card"),
  publishableKey: z.string().nullable(),
});
export type CardSetup = z.output<typeof CardSetup>;

export const KeepCard = z.strictObject({
  setupIntentId: z
    .string()
    .regex(/^seti_\w{1,80}$/, "This is not a setup intent's id.")
    .meta({ examples: ["seti_1QyR8bLkdIwHu7ix0aBcDeFg"] }),
});
export type KeepCard = z.output<typeof KeepCard>;

export const OneCard = z.strictObject({ id: idSchema("card") });
export type OneCard = z.output<typeof OneCard>;
