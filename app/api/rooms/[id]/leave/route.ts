import { route } from "@/lib/http/route";
import { leaveByPage } from "@/lib/rooms/leave";
import { LeaveByPage, Left, RoomRef } from "@/lib/rooms/schema";

export const POST = route({
  summary: "Leave a room from a page that is being closed",
  description: "For `navigator.sendBeacon`: the secret to come back says who leaves. A wrong one changes nothing.",
  auth: "public",
  params: RoomRef,
  body: LeaveByPage,
  output: Left,
  handle: ({ ctx, params, body }) => leaveByPage(ctx, { ...params, ...body }),
});
