import { route } from "@/lib/http/route";
import { OneSubscription, WhichSubscription } from "@/lib/subscriptions/schema";
import { undoChange } from "@/lib/subscriptions/undo";

export const POST = route({
  summary: "Take back a cancellation, or a plan that would begin at the end of the period",
  auth: "member",
  scope: "billing:write",
  body: WhichSubscription,
  output: OneSubscription,
  idempotent: true,
  handle: ({ ctx, body, family, idempotencyKey }) => undoChange(ctx, { family, ...body, idempotencyKey }),
});
