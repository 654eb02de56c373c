import { route } from "@/lib/http/route";
import { replaySince } from "@/lib/webhooks/replay";
import { EndpointRef, Replayed, Since } from "@/lib/webhooks/schema";

export const POST = route({
  summary: "Send a webhook endpoint what it missed",
  description:
    "What failed, and what happened while it was off or listened to something else. At most 10,000 events in one call.",
  auth: "login",
  scope: "webhooks:write",
  params: EndpointRef,
  body: Since,
  output: Replayed,
  status: 202,
  handle: ({ ctx, params, body }) => replaySince(ctx, { ...params, ...body }),
});
