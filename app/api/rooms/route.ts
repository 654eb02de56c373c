import { route } from "@/lib/http/route";
import { openRoom } from "@/lib/rooms/open";
import { listRooms } from "@/lib/rooms/queries";
import { ListRooms, OpenRoom, Room, RoomPage } from "@/lib/rooms/schema";

export const GET = route({
  summary: "List the account's rooms",
  description: "Newest first, with how many people are in each.",
  auth: "member",
  scope: "rooms:read",
  query: ListRooms,
  output: RoomPage,
  handle: ({ ctx, query }) => listRooms(ctx, query),
});

export const POST = route({
  summary: "Open a room",
  description:
    "Needs an active subscription to rooms and counts against it in this period; deleting the room gives nothing back.",
  auth: "member",
  scope: "rooms:write",
  body: OpenRoom,
  output: Room,
  status: 201,
  idempotent: true,
  handle: ({ ctx, body }) => openRoom(ctx, body),
});
