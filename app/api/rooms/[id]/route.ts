import { route } from "@/lib/http/route";
import { changeRoom } from "@/lib/rooms/change";
import { closeRoom } from "@/lib/rooms/close";
import { getRoom } from "@/lib/rooms/queries";
import { Room, RoomChanges, RoomRef, RoomWithPeople } from "@/lib/rooms/schema";

export const GET = route({
  summary: "See a room and who is in it",
  auth: "member",
  scope: "rooms:read",
  params: RoomRef,
  output: RoomWithPeople,
  handle: ({ ctx, params }) => getRoom(ctx, params),
});

export const PATCH = route({
  summary: "Rename a room, lock it, or open its waiting room",
  auth: "member",
  scope: "rooms:write",
  params: RoomRef,
  body: RoomChanges,
  output: RoomWithPeople,
  handle: ({ ctx, params, body }) => changeRoom(ctx, { id: params.id, changes: body }),
});

export const DELETE = route({
  summary: "Delete a room",
  description: "Everybody in it hears why and is let go. Deleting it again changes nothing.",
  auth: "member",
  scope: "rooms:write",
  params: RoomRef,
  output: Room,
  handle: ({ ctx, params }) => closeRoom(ctx, params),
});
