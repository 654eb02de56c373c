import { route } from "@/lib/http/route";
import { listDeliveries } from "@/lib/webhooks/queries";
import { DeliveryPage, DeliveryQuery, EndpointRef } from "@/lib/webhooks/schema";

export const GET = route({
  summary: "List what was delivered to a webhook endpoint",
  description: "The latest event first, each with what came of its latest attempt.",
  auth: "login",
  scope: "webhooks:read",
  params: EndpointRef,
  query: DeliveryQuery,
  output: DeliveryPage,
  handle: ({ ctx, params, query }) => listDeliveries(ctx, { ...params, ...query }),
});
