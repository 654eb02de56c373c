import { route } from "@/lib/http/route";
import { paymentLimit } from "@/lib/limits";
import { createCheckout } from "@/lib/subscriptions/checkout";
import { CreateCheckout, StripePage } from "@/lib/subscriptions/schema";

export const POST = route({
  summary: "Open a page of Stripe on which a plan is paid",
  auth: "member",
  scope: "billing:write",
  body: CreateCheckout,
  output: StripePage,
  status: 201,
  idempotent: true,
  pace: paymentLimit,
  handle: ({ ctx, body, family, idempotencyKey }) => createCheckout(ctx, { family, ...body, idempotencyKey }),
});
