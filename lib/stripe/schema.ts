import { z } from "zod";

/** What a browser has to know to pay. It comes as props from the server, because the build precedes the keys. */
export const StripeInBrowser = z.object({
  kind: z.enum(["local", "real"]),
  publishableKey: z.string(),
  /** Where the local Stripe's script is. The real one's is known to its own loader. */
  scriptUrl: z.url().nullable(),
});

export type StripeInBrowser = z.infer<typeof StripeInBrowser>;
