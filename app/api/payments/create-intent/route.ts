import { route } from "@/lib/http/route";
import { paymentLimit } from "@/lib/limits";
import { createIntent } from "@/lib/payments/create-intent";
import { CreateIntent, Intent } from "@/lib/payments/schema";

export const POST = route({
  summary: "Begin to buy credits, or to fill the wallet",
  description: "Answers with what Stripe.js needs to take the card. The price is ours, by the number of the package.",
  auth: "member",
  scope: "billing:write",
  body: CreateIntent,
  output: Intent,
  status: 201,
  idempotent: true,
  pace: paymentLimit,
  handle: ({ ctx, body, idempotencyKey }) => createIntent(ctx, { ...body, idempotencyKey }),
});
