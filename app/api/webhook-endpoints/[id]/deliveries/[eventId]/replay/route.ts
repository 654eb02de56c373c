import { route } from "@/lib/http/route";
import { replayDelivery } from "@/lib/webhooks/replay";
import { DeliveryRef, WholeDelivery } from "@/lib/webhooks/schema";

export const POST = route({
  summary: "Send one event again",
  description:
    "From the first attempt on. The `webhook-id` stays the same, so a receiver can tell that it had it before.",
  auth: "login",
  scope: "webhooks:write",
  params: DeliveryRef,
  output: WholeDelivery,
  status: 202,
  handle: ({ ctx, params }) => replayDelivery(ctx, params),
});
