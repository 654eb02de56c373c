import { route } from "@/lib/http/route";
import { getDelivery } from "@/lib/webhooks/queries";
import { DeliveryRef, WholeDelivery } from "@/lib/webhooks/schema";

export const GET = route({
  summary: "Read one delivery, with what was sent and what came back",
  auth: "login",
  scope: "webhooks:read",
  params: DeliveryRef,
  output: WholeDelivery,
  handle: ({ ctx, params }) => getDelivery(ctx, params),
});
