"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/http/action";
import { changeRoom } from "@/lib/rooms/change";
import { closeRoom } from "@/lib/rooms/close";
import { makeLink, revokeLink } from "@/lib/rooms/links";
import { openRoom } from "@/lib/rooms/open";
import { LinkRef, MakeLink, OpenRoom, RoomChanges, RoomRef } from "@/lib/rooms/schema";

const refresh = () => revalidatePath("/dashboard/rooms", "layout");

export const openRoomAction = action(OpenRoom, async (ctx, input) => {
  const { id } = await openRoom(ctx, input);
  refresh();
  return { id };
});

export const changeRoomAction = action(
  z.strictObject({ ...RoomRef.shape, changes: RoomChanges }),
  async (ctx, input) => {
    await changeRoom(ctx, input);
    refresh();
  },
);

export const closeRoomAction = action(RoomRef, async (ctx, input) => {
  await closeRoom(ctx, input);
  refresh();
});

export const makeLinkAction = action(z.strictObject({ ...RoomRef.shape, ...MakeLink.shape }), async (ctx, input) => {
  const { url } = await makeLink(ctx, input);
  refresh();
  return { url };
});

export const revokeLinkAction = action(LinkRef, async (ctx, input) => {
  await revokeLink(ctx, input);
  refresh();
});
