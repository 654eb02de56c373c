import { route } from "@/lib/http/route";
import { listLinks, makeLink } from "@/lib/rooms/links";
import { LinkList, MadeLink, MakeLink, RoomRef } from "@/lib/rooms/schema";

export const GET = route({
  summary: "List a room's guest links",
  auth: "member",
  scope: "rooms:read",
  params: RoomRef,
  output: LinkList,
  handle: ({ ctx, params }) => listLinks(ctx, params),
});

export const POST = route({
  summary: "Make a guest link",
  description: "Whoever has it comes in without a login. The address is shown once.",
  auth: "member",
  scope: "rooms:write",
  params: RoomRef,
  body: MakeLink,
  output: MadeLink,
  status: 201,
  idempotent: true,
  handle: ({ ctx, params, body }) => makeLink(ctx, { ...params, ...body }),
});
