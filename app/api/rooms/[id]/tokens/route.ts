import { route } from "@/lib/http/route";
import { mintToken } from "@/lib/rooms/admit";
import { JoinToken, MintToken, RoomRef } from "@/lib/rooms/schema";

export const POST = route({
  summary: "Make a token to a room",
  description: "For one of your users: their browser opens its socket with it, and your key stays on your server.",
  auth: "member",
  scope: "rooms:write",
  params: RoomRef,
  body: MintToken,
  output: JoinToken,
  status: 201,
  handle: ({ ctx, params, body }) => mintToken(ctx, { ...params, ...body }),
});
