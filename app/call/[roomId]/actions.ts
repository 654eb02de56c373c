"use server";

import { z } from "zod";
import { publicAction } from "@/lib/http/action";
import { enterByLink } from "@/lib/rooms/admit";
import { EnterByLink, RoomRef } from "@/lib/rooms/schema";

export const enterByLinkAction = publicAction(
  z.strictObject({ ...RoomRef.shape, ...EnterByLink.shape }),
  async (ctx, input) => {
    const { token, role, room } = await enterByLink(ctx, input);
    const { type: kind, name, branding, brand, waitingRoom } = room;
    return { token, room: { name, kind, branding, brand, waitingRoom, publishes: role !== "listener", inside: [] } };
  },
);
