import { route } from "@/lib/http/route";
import { revokeLink } from "@/lib/rooms/links";
import { Link, LinkRef } from "@/lib/rooms/schema";

export const DELETE = route({
  summary: "Take a guest link back",
  description: "Nobody comes in by it from now on. Whoever did stays until they leave.",
  auth: "member",
  scope: "rooms:write",
  params: LinkRef,
  output: Link,
  handle: ({ ctx, params }) => revokeLink(ctx, params),
});
