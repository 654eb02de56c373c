import { route } from "@/lib/http/route";
import { listMeetings } from "@/lib/rooms/queries";
import { ListMeetings, MeetingPage, RoomRef } from "@/lib/rooms/schema";

export const GET = route({
  summary: "List what took place in a room",
  description: "Each meeting with the time that counts against the plan, newest first.",
  auth: "member",
  scope: "rooms:read",
  params: RoomRef,
  query: ListMeetings,
  output: MeetingPage,
  handle: ({ ctx, params, query }) => listMeetings(ctx, { ...params, ...query }),
});
