import { route } from "@/lib/http/route";
import { EndpointRef, WholeDelivery } from "@/lib/webhooks/schema";
import { sendTest } from "@/lib/webhooks/send-test";

export const POST = route({
  summary: "Send a test event to a webhook endpoint",
  description: "A `webhook.test` event, tried once. Ask for the delivery to see what came of it.",
  auth: "login",
  scope: "webhooks:write",
  params: EndpointRef,
  output: WholeDelivery,
  status: 202,
  handle: ({ ctx, params }) => sendTest(ctx, params),
});
