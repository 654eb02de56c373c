import { route } from "@/lib/http/route";
import { cancelSubscription } from "@/lib/subscriptions/cancel";
import { CancelSubscription, OneSubscription } from "@/lib/subscriptions/schema";

export const POST = route({
  summary: "Cancel a subscription",
  description: "At the end of the period, or now. It can be undone until it ends.",
  auth: "member",
  scope: "billing:cancel",
  body: CancelSubscription,
  output: OneSubscription,
  idempotent: true,
  handle: ({ ctx, body, family, idempotencyKey }) => cancelSubscription(ctx, { family, ...body, idempotencyKey }),
});
