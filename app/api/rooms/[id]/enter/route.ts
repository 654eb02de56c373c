import { route } from "@/lib/http/route";
import { enterByLink } from "@/lib/rooms/admit";
import { EnterByLink, Entry, RoomRef } from "@/lib/rooms/schema";

export const POST = route({
  summary: "Turn a guest link into a token",
  description: "The link is used by coming in, not by this: looking at a one-time link does not spend it.",
  auth: "public",
  params: RoomRef,
  body: EnterByLink,
  output: Entry,
  handle: ({ ctx, params, body }) => enterByLink(ctx, { ...params, ...body }),
});
