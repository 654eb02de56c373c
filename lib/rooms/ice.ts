import { and, eq } from "drizzle-orm";
import type { Ctx, RoomActor } from "@/lib/ctx";
import { participants, rooms } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { iceServersFor } from "@/lib/media/turn";
import { accountOf, isHolder } from "@/lib/meetings/who";
import type { Ice } from "./schema";

/** The relay is open to those who are in a room, and to nobody who only knows its address. */
export async function iceFor(
  ctx: Ctx<RoomActor>,
  { id, participantId }: { id: Id<"room">; participantId: Id<"participant"> },
): Promise<Ice> {
  const [row] = await ctx.db
    .select({ identity: participants.identity })
    .from(participants)
    .innerJoin(rooms, and(eq(rooms.id, participants.roomId), eq(rooms.accountId, accountOf(ctx.actor))))
    .where(and(eq(participants.id, participantId), eq(rooms.id, id), eq(participants.state, "inside")));
  if (!row || !isHolder(ctx.actor, row.identity)) throw new AppError("not_in_room", "You are not in this room.");
  const { iceServers, iceTtlMs } = iceServersFor({ accountId: accountOf(ctx.actor), participantId }, Date.now());
  return { iceServers, ttlSeconds: iceTtlMs / 1_000 };
}
