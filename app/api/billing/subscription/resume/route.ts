import { route } from "@/lib/http/route";
import { paymentLimit } from "@/lib/limits";
import { resumeSubscription } from "@/lib/subscriptions/resume";
import { PlanChanged, WhichSubscription } from "@/lib/subscriptions/schema";

export const POST = route({
  summary: "Have a paused subscription go on",
  description: "With a period that begins now, paid with the default payment method.",
  auth: "member",
  scope: "billing:write",
  body: WhichSubscription,
  output: PlanChanged,
  idempotent: true,
  pace: paymentLimit,
  handle: ({ ctx, body, family, idempotencyKey }) => resumeSubscription(ctx, { family, ...body, idempotencyKey }),
});
