import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireScope, type SystemActor, type TxCtx } from "@/lib/ctx";
import { accounts, rooms } from "@/lib/db/schema";
import { toRefusal } from "@/lib/errors";
import { endMeeting } from "@/lib/meetings/end";
import { lockRoom, type RoomRow } from "@/lib/meetings/lock";
import { announceChange } from "@/lib/outbox/announce";
import { getRoom } from "./queries";
import type { Room, RoomRef } from "./schema";

/** Closes a room for good and ends the call in it for everybody. It gives nothing back to the plan; closing it again changes nothing. */
export async function closeRoom(ctx: Ctx<MemberActor>, { id }: RoomRef): Promise<Room> {
  requireScope(ctx, "rooms:write");
  return inTx(ctx, async (ctx) => {
    const before = await getRoom(ctx, { id });
    if (before.state === "closed") return before;
    const open = await lockRoom(ctx, id).catch(nobodys);
    if (open) await shut(ctx, open);
    return getRoom(ctx, { id });
  });
}

/** Somebody else has closed it since we looked. */
function nobodys(error: unknown): undefined {
  if (toRefusal(error).code !== "not_found") throw error;
}

/** The rooms of an account that was closed, which nobody else can close any more. */
export async function closeOrphans(ctx: Ctx<SystemActor>): Promise<void> {
  const orphans = await ctx.db
    .select({ room: rooms })
    .from(rooms)
    .innerJoin(accounts, eq(accounts.id, rooms.accountId))
    .where(and(isNull(rooms.closedAt), isNotNull(accounts.closedAt)))
    .limit(100);
  for (const { room } of orphans) {
    await inTx(ctx, async (ctx) => {
      const [open] = await ctx.db
        .select()
        .from(rooms)
        .where(and(eq(rooms.id, room.id), isNull(rooms.closedAt)))
        .for("no key update");
      if (open) await shut(ctx, open);
    });
  }
}

/** In the transaction that holds the room. */
export async function shut(ctx: TxCtx, room: RoomRow): Promise<void> {
  await endMeeting(ctx, room, "deleted");
  await ctx.db.update(rooms).set({ closedAt: ctx.now }).where(eq(rooms.id, room.id));
  await recordAudit(ctx, {
    accountId: room.accountId,
    action: "room.closed",
    target: room.id,
    detail: { name: room.name },
  });
  await announceChange(ctx, room.accountId, "rooms");
}
