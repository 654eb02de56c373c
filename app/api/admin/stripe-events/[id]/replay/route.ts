import { route } from "@/lib/http/route";
import { replayEvent } from "@/lib/stripe-events/replay";
import { ReplayEvent, StripeEvent } from "@/lib/stripe-events/schema";

export const POST = route({
  summary: "Have an event of Stripe worked off once more",
  auth: "staff",
  params: ReplayEvent,
  output: StripeEvent,
  handle: ({ ctx, params }) => replayEvent(ctx, params),
});
