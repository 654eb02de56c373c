import { route } from "@/lib/http/route";
import { getEndpoint } from "@/lib/webhooks/queries";
import { removeEndpoint } from "@/lib/webhooks/remove";
import { Endpoint, EndpointChanges, EndpointRef } from "@/lib/webhooks/schema";
import { updateEndpoint } from "@/lib/webhooks/update";

export const GET = route({
  summary: "Read one webhook endpoint",
  auth: "login",
  scope: "webhooks:read",
  params: EndpointRef,
  output: Endpoint,
  handle: ({ ctx, params }) => getEndpoint(ctx, params),
});

export const PATCH = route({
  summary: "Change a webhook endpoint, or switch it on or off",
  description:
    "Switching it off gives up what waits for it. Switched on again, it begins with what happens from then on.",
  auth: "login",
  scope: "webhooks:write",
  params: EndpointRef,
  body: EndpointChanges,
  output: Endpoint,
  handle: ({ ctx, params, body }) => updateEndpoint(ctx, { id: params.id, changes: body }),
});

export const DELETE = route({
  summary: "Remove a webhook endpoint",
  description: "With its secret and its log.",
  auth: "login",
  scope: "webhooks:write",
  params: EndpointRef,
  output: Endpoint,
  handle: ({ ctx, params }) => removeEndpoint(ctx, params),
});
