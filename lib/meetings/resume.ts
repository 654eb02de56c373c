import { type Ctx, inTx, type RoomActor } from "@/lib/ctx";
import { AppError } from "@/lib/errors";
import { findIn, hashOf } from "./internal";
import { lockRoom } from "./lock";
import { takeOver } from "./place";
import type { Place, ResumeRoom } from "./schema";
import { isHolder, requireDoor } from "./who";

/** Brings somebody back over another line as the person they were. The secret works once and its holder must still be let in. */
export async function resumeRoom(ctx: Ctx<RoomActor>, input: ResumeRoom): Promise<Place> {
  requireDoor(ctx, input);
  return inTx(ctx, async (ctx) => {
    const room = await lockRoom(ctx, input.roomId);
    const there = await findIn(ctx, room.id, input.participantId);
    const isGood =
      there?.state === "inside" &&
      there.resumeHash === hashOf(input.resumeToken) &&
      isHolder(ctx.actor, there.identity);
    if (!there || !isGood) throw new AppError("expired", "It is too late to come back as the same person. Join again.");
    return takeOver(ctx, room, there, undefined);
  });
}
