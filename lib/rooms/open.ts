import { and, count, eq, gte, lt } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireScope, type TxCtx } from "@/lib/ctx";
import { rooms } from "@/lib/db/schema";
import { lockEntitlements } from "@/lib/entitlements/queries";
import type { RoomsEntitlement } from "@/lib/entitlements/schema";
import { warnOfLimit } from "@/lib/entitlements/warn";
import { AppError } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { newId } from "@/lib/ids";
import { notSubscribed } from "@/lib/meetings/minutes";
import { announceChange } from "@/lib/outbox/announce";
import { asRoom } from "./internal";
import type { OpenRoom, Room } from "./schema";

/** Opens a room, where the plan holds one more in this period. A room that was deleted meanwhile counts as well. */
export async function openRoom(ctx: Ctx<MemberActor>, input: OpenRoom): Promise<Room> {
  requireScope(ctx, "rooms:write");
  const { accountId } = ctx.actor;

  return inTx(ctx, async (ctx) => {
    const entitlement = await lockEntitlements(ctx, accountId);
    if (!entitlement) throw notSubscribed();
    const before = await requireRoomLeft(ctx, accountId, entitlement);

    const [room] = await ctx.db
      .insert(rooms)
      .values({
        id: newId("room"),
        accountId,
        name: input.name,
        kind: input.type,
        seats: input.maxParticipants ?? null,
        hasWaitingRoom: input.waitingRoom,
        isLocked: input.locked,
        createdBy: ctx.actor.kind === "user" ? ctx.actor.userId : ctx.actor.keyId,
        createdAt: ctx.now,
      })
      .returning();
    if (!room) throw new Error("No room was opened");
    await recordAudit(ctx, { action: "room.opened", target: room.id, detail: { name: room.name, type: room.kind } });
    await announceChange(ctx, accountId, "rooms");
    const { maxRooms: limit, period } = entitlement;
    await warnOfLimit(ctx, accountId, { kind: "rooms", used: before + 1, limit, period });
    return asRoom(room, 0, entitlement);
  });
}

/** How many there were, where one more may come. */
async function requireRoomLeft(
  ctx: TxCtx,
  accountId: Id<"account">,
  { period, maxRooms }: RoomsEntitlement,
): Promise<number> {
  const [counted] = await ctx.db
    .select({ current: count() })
    .from(rooms)
    .where(and(eq(rooms.accountId, accountId), gte(rooms.createdAt, period.start), lt(rooms.createdAt, period.end)));
  const current = counted?.current ?? 0;
  if (current < maxRooms) return current;
  throw new AppError("plan_limit", "Room limit exceeded", {
    flat: { limit: maxRooms, current },
    details: { kind: "rooms", periodEnd: period.end },
  });
}
