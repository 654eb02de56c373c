import { route } from "@/lib/http/route";
import { paymentLimit } from "@/lib/limits";
import { PlanChanged, UpdateSubscription } from "@/lib/subscriptions/schema";
import { updateSubscription } from "@/lib/subscriptions/update";

export const POST = route({
  summary: "Change the plan",
  description:
    "To more at once, for what the preview said; to less at the end of the period. Where the payment fails nothing changes.",
  auth: "member",
  scope: "billing:write",
  body: UpdateSubscription,
  output: PlanChanged,
  idempotent: true,
  pace: paymentLimit,
  handle: ({ ctx, body, family, idempotencyKey }) => updateSubscription(ctx, { family, ...body, idempotencyKey }),
});
