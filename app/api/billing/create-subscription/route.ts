import { route } from "@/lib/http/route";
import { paymentLimit } from "@/lib/limits";
import { createSubscription } from "@/lib/subscriptions/create";
import { CreateSubscription, SubscriptionBegun } from "@/lib/subscriptions/schema";

export const POST = route({
  summary: "Take up a plan",
  description:
    "Answers with what Stripe.js confirms, where there is something to pay. The plan gives nothing before Stripe says that it is paid. Asked for again before that, it is the same one.",
  auth: "member",
  scope: "billing:write",
  body: CreateSubscription,
  output: SubscriptionBegun,
  status: 201,
  idempotent: true,
  pace: paymentLimit,
  handle: ({ ctx, body, family, idempotencyKey }) => createSubscription(ctx, { family, ...body, idempotencyKey }),
});
