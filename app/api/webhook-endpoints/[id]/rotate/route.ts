import { route } from "@/lib/http/route";
import { rotateSecret } from "@/lib/webhooks/rotate";
import { EndpointRef, Overlap, SecretEndpoint } from "@/lib/webhooks/schema";

export const POST = route({
  summary: "Give a webhook endpoint another secret",
  description:
    "For `overlapHours` every request carries two signatures, so that the receiver can change over in peace.",
  auth: "login",
  scope: "webhooks:write",
  params: EndpointRef,
  body: Overlap,
  output: SecretEndpoint,
  idempotent: true,
  handle: ({ ctx, params, body }) => rotateSecret(ctx, { ...params, ...body }),
});
