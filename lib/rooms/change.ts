import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireScope } from "@/lib/ctx";
import { lockRoom } from "@/lib/meetings/lock";
import { setDoor } from "@/lib/meetings/moderate";
import { announceChange } from "@/lib/outbox/announce";
import { getRoom } from "./queries";
import type { RoomChanges, RoomRef, RoomWithPeople } from "./schema";

/** Renames a room, locks it, or has guests wait at its door. Those inside hear of it. */
export async function changeRoom(
  ctx: Ctx<MemberActor>,
  { id, changes }: RoomRef & { changes: RoomChanges },
): Promise<RoomWithPeople> {
  requireScope(ctx, "rooms:write");
  return inTx(ctx, async (ctx) => {
    const room = await lockRoom(ctx, id);
    await setDoor(ctx, room, {
      name: changes.name ?? room.name,
      isLocked: changes.locked ?? room.isLocked,
      hasWaitingRoom: changes.waitingRoom ?? room.hasWaitingRoom,
    });
    await recordAudit(ctx, { action: "room.changed", target: id, detail: { name: room.name, ...changes } });
    await announceChange(ctx, room.accountId, "rooms");
    return getRoom(ctx, { id });
  });
}
