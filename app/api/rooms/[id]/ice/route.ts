import { route } from "@/lib/http/route";
import { iceFor } from "@/lib/rooms/ice";
import { AskIce, Ice, RoomRef } from "@/lib/rooms/schema";

export const POST = route({
  summary: "Fetch fresh relay credentials",
  description: "For somebody who is in the room, by the key, login or room token that they came in with.",
  auth: "joiner",
  scope: "rooms:join",
  params: RoomRef,
  body: AskIce,
  output: Ice,
  handle: ({ ctx, params, body }) => iceFor(ctx, { ...params, ...body }),
});
