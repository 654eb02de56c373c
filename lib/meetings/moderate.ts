import { eq } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type RoomActor, type TxCtx } from "@/lib/ctx";
import { elapsedNow } from "@/lib/db/client";
import { participants, rooms } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import type { Moderate } from "@/lib/protocol/moderation";
import { endMeeting } from "./end";
import { findIn, type ParticipantRow, requireInside, takeOut } from "./internal";
import { lockRoom, type RoomRow } from "./lock";
import { mayModerate, moderates } from "./rules";
import { change, turn } from "./say";
import type { Line } from "./schema";
import { tellRoom, tellSome } from "./tell";

/** What hosts and moderators do to a room and to the people in it. Nobody does it to somebody of a higher role. */
export async function moderate(ctx: Ctx<RoomActor>, { line, act }: { line: Line; act: Moderate }): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const room = await lockRoom(ctx, line.roomId);
    const by = await requireModerator(ctx, room, line);
    if ("participantId" in act) await onPerson(ctx, by, await requireInside(ctx, room.id, act.participantId), act);
    else await onRoom(ctx, room, act.action);
    const target = "participantId" in act ? act.participantId : room.id;
    await recordAudit(ctx, {
      accountId: room.accountId,
      action: `room.${act.action}`,
      target,
      detail: { roomId: room.id, name: room.name, by: by.id, byName: by.name },
    });
  });
}

async function onPerson(
  ctx: TxCtx,
  by: ParticipantRow,
  whom: ParticipantRow,
  act: Extract<Moderate, { participantId: string }>,
): Promise<void> {
  if (!mayModerate(by.role, whom.role)) throw new AppError("forbidden", "You may not do that to this person.");
  switch (act.action) {
    case "mute":
      return silence(ctx, by, whom, "audio");
    case "stop-video":
      return silence(ctx, by, whom, "video");
    case "lower-hand":
      return change(ctx, whom, { hasHandUp: false }, by.id);
    case "set-role":
      if (act.value === "listener") await silenceAll(ctx, by, whom);
      return change(ctx, whom, { role: act.value }, by.id);
    case "kick":
      return takeOut(ctx, whom, "kicked");
    case "ban":
      return takeOut(ctx, whom, "banned");
  }
}

/** A request that the page obeys, and that everybody sees. Whoever is muted may speak again. */
async function silence(
  ctx: TxCtx,
  by: ParticipantRow,
  whom: ParticipantRow,
  media: "audio" | "video" | "screen",
): Promise<void> {
  await turn(ctx, whom, { media, enabled: false, by: by.id });
  const told = { roomId: whom.roomId, audience: whom.id, name: "force-mute" as const };
  await tellSome(ctx, told, { type: media, by: by.id });
}

async function silenceAll(ctx: TxCtx, by: ParticipantRow, whom: ParticipantRow): Promise<void> {
  for (const media of ["audio", "video", "screen"] as const) await silence(ctx, by, whom, media);
}

async function onRoom(
  ctx: TxCtx,
  room: RoomRow,
  action: Exclude<Moderate, { participantId: string }>["action"],
): Promise<void> {
  switch (action) {
    case "lock":
      return setDoor(ctx, room, { isLocked: true });
    case "unlock":
      return setDoor(ctx, room, { isLocked: false });
    case "open-waiting-room":
      return setDoor(ctx, room, { hasWaitingRoom: true });
    case "close-waiting-room":
      return setDoor(ctx, room, { hasWaitingRoom: false });
    case "end":
      return endMeeting(ctx, room, "ended");
  }
}

/** Changes what newcomers find, in a locked room, and tells those who are inside. */
export async function setDoor(
  ctx: TxCtx,
  room: RoomRow,
  changes: Partial<Pick<RoomRow, "isLocked" | "hasWaitingRoom" | "name">>,
): Promise<void> {
  await ctx.db.update(rooms).set(changes).where(eq(rooms.id, room.id));
  const { isLocked, hasWaitingRoom, name } = { ...room, ...changes };
  await tellRoom(ctx, room.id, "room-updated", { locked: isLocked, waitingRoom: hasWaitingRoom, name });
}

/** Opens the door to somebody who waits, or says that it stays closed. Two moderators at once do it once. */
export async function answerKnock(
  ctx: Ctx<RoomActor>,
  { line, knockId, admitted }: { line: Line; knockId: Id<"participant">; admitted: boolean },
): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const room = await lockRoom(ctx, line.roomId);
    await requireModerator(ctx, room, line);
    const row = await findIn(ctx, room.id, knockId);
    if (row?.state !== "waiting") throw new AppError("target_gone", "They are not waiting any more.");
    if (admitted)
      await ctx.db
        .update(participants)
        .set({ state: "admitted", seenAt: elapsedNow })
        .where(eq(participants.id, row.id));
    else await takeOut(ctx, row, "refused");
    const told = { roomId: room.id, name: "knock-result" as const, audience: row.id };
    await tellSome(ctx, told, { roomId: room.id, knockId, admitted });
    await tellSome(ctx, { roomId: room.id, audience: "moderators", name: "knock-gone" }, { knockId });
  });
}

async function requireModerator(ctx: TxCtx, room: RoomRow, line: Line): Promise<ParticipantRow> {
  const by = await requireInside(ctx, room.id, line.participantId);
  if (!moderates(by.role)) throw new AppError("forbidden", "Only a host or a moderator may do that.");
  return by;
}
