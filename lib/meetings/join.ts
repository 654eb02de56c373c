import { and, eq, sql } from "drizzle-orm";
import { type Ctx, inTx, type RoomActor, type TxCtx } from "@/lib/ctx";
import { elapsedNow } from "@/lib/db/client";
import { participants, roomLinks } from "@/lib/db/schema";
import { entitlementsOf } from "@/lib/entitlements/queries";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { carry } from "@/lib/media/mesh";
import { countInside, findPresent, findWaiting, isConnected, type ParticipantRow, runningMeeting } from "./internal";
import { lockRoom, type RoomRow } from "./lock";
import { requireMinutesLeft } from "./minutes";
import { settleIn, takeOver } from "./place";
import { atTheDoor, isSameDevice, mediaAllowed, requireMayMove } from "./rules";
import type { JoinRoom, Place, Waiting } from "./schema";
import { tellSome } from "./tell";
import { identityOf, requireDoor, roleOf } from "./who";

const MOST_WAITING = 50;

/**
 * Gives somebody a place in a room, or has them wait at the door. Seats are counted under the room's lock, so there
 * are never more people than seats; the same person again takes over the place they have.
 */
export async function joinRoom(ctx: Ctx<RoomActor>, input: JoinRoom): Promise<Place | Waiting> {
  requireDoor(ctx, input);
  const { actor } = ctx;

  return inTx(ctx, async (ctx) => {
    const room = await lockRoom(ctx, input.roomId);
    const identity = identityOf(actor, input.deviceId, newId("req"));
    const { there, isBanned, leftJustNow } = await findPresent(ctx, room.id, identity);

    if (there?.state === "inside") {
      requireMayMove({ ...there, isConnected: await isConnected(ctx, there.id) }, input);
      return takeOver(ctx, room, there, mediaAllowed(input.media, there.role, room.kind));
    }
    const comer = { identity, role: roleOf(actor), there };
    const way = atTheDoor(room, {
      role: comer.role,
      isBanned,
      isAdmitted: there?.state === "admitted",
      isReloading: isSameDevice(leftJustNow, input),
    });
    if (way === "wait") return knock(ctx, room, comer, input);

    const meeting = await runningMeeting(ctx, room.id);
    await requireSeat(ctx, room, meeting !== undefined);
    await spendLink(ctx, room, identity);
    return settleIn(ctx, room, {
      ...comer,
      name: nameOf(actor, input.name),
      deviceId: input.deviceId,
      linkId: actor.kind === "guest" ? actor.pass.linkId : null,
      media: mediaAllowed(input.media, comer.role, room.kind),
      meetingId: meeting?.id,
    });
  });
}

export type Comer = { identity: string; role: ParticipantRow["role"]; there: ParticipantRow | undefined };

const nameOf = (actor: RoomActor, asked: string | undefined): string =>
  (actor.kind === "guest" ? actor.pass.name : null) ?? asked ?? "Guest";

/** The plan must cover a new meeting; one that runs lets people in to its end. */
async function requireSeat(ctx: TxCtx, room: RoomRow, isRunning: boolean): Promise<void> {
  const entitlement = await entitlementsOf(ctx, room.accountId);
  if (!isRunning) await requireMinutesLeft(ctx, room.accountId, entitlement);
  const { seats, seatsSetBy } = carry(room, entitlement?.maxParticipants ?? Number.POSITIVE_INFINITY);
  if ((await countInside(ctx, room.id)) < seats) return;
  throw new AppError("room_full", `This room holds ${seats} people and is full.`, {
    details: { limit: seats, reason: seatsSetBy },
  });
}

/** A link is used by coming in, not by looking at it. Whoever came in by it before comes back while it stands. */
async function spendLink(ctx: TxCtx<RoomActor>, room: RoomRow, identity: string): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== "guest" || actor.pass.linkId === null) return;
  const { linkId } = actor.pass;
  const [before] = await ctx.db
    .select({ id: participants.id })
    .from(participants)
    .where(
      and(
        eq(participants.roomId, room.id),
        eq(participants.identity, identity),
        eq(participants.linkId, linkId),
        sql`${participants.joinedSeq} > 0`,
      ),
    )
    .limit(1);
  const used = await ctx.db
    .update(roomLinks)
    .set({ usedAt: sql`coalesce(${roomLinks.usedAt}, clock_timestamp())` })
    .where(
      and(
        eq(roomLinks.id, linkId),
        eq(roomLinks.roomId, room.id),
        sql`${roomLinks.revokedAt} is null`,
        before
          ? undefined
          : sql`(${roomLinks.expiresAt} is null or ${roomLinks.expiresAt} > clock_timestamp())
              and not (${roomLinks.isOneTime} and ${roomLinks.usedAt} is not null)`,
      ),
    )
    .returning({ id: roomLinks.id });
  if (used.length === 0)
    throw new AppError("link_spent", "This link has been used or has run out. Ask for another one.");
}

/** Whoever has a link makes as many guests of it as they like, and somebody inside has to read every name. */
async function requirePlaceAtDoor(ctx: TxCtx, room: RoomRow): Promise<void> {
  if ((await findWaiting(ctx, room.id)).length < MOST_WAITING) return;
  throw new AppError("rate_limited", "Too many people wait at this door. Try again in a minute.", {
    retryAfterSeconds: 60,
  });
}

async function knock(ctx: TxCtx<RoomActor>, room: RoomRow, comer: Comer, input: JoinRoom): Promise<Waiting> {
  const { actor } = ctx;
  const name = nameOf(actor, input.name);
  const id = comer.there?.id ?? newId("participant");
  const epoch = (comer.there?.epoch ?? 0) + 1;
  if (comer.there) {
    await ctx.db.update(participants).set({ epoch, seenAt: elapsedNow }).where(eq(participants.id, id));
  } else {
    await requirePlaceAtDoor(ctx, room);
    await ctx.db.insert(participants).values({
      id,
      roomId: room.id,
      identity: comer.identity,
      deviceId: input.deviceId ?? null,
      linkId: actor.kind === "guest" ? actor.pass.linkId : null,
      name,
      role: comer.role,
      state: "waiting",
      epoch,
      seenAt: elapsedNow,
    });
    const body = { knockId: id, name, userName: name };
    await tellSome(ctx, { roomId: room.id, audience: "moderators", name: "knock-request" }, body);
  }
  return { outcome: "waiting", roomId: room.id, accountId: room.accountId, participantId: id, epoch };
}
