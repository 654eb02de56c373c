import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { meetings, type rooms } from "@/lib/db/schema";
import type { RoomsEntitlement } from "@/lib/entitlements/schema";
import { carry } from "@/lib/media/mesh";
import type { Room } from "./schema";

export type RoomRow = typeof rooms.$inferSelect;

export const asRoom = (room: RoomRow, inside: number, entitlement: RoomsEntitlement | undefined): Room => ({
  id: room.id,
  name: room.name,
  type: room.kind,
  state: room.closedAt === null ? "open" : "closed",
  maxParticipants: carry(room, entitlement?.maxParticipants ?? Number.POSITIVE_INFINITY).seats,
  participants: inside,
  locked: room.isLocked,
  waitingRoom: room.hasWaitingRoom,
  branding: entitlement?.branding ?? "parley",
  createdAt: room.createdAt,
  closedAt: room.closedAt,
});

/** A meeting and its totals so far, which `meetingTotals` joins. */
export const meetingColumns = {
  id: meetings.id,
  startedAt: meetings.startedAt,
  endedAt: meetings.endedAt,
  roomMs: sql<string>`live.room_ms`,
  participantMs: sql<string>`live.participant_ms`,
  mostAtOnce: sql<number>`live.most`,
};
export const meetingTotals = sql`lateral meeting_totals(${meetings.id}) as live`;

export const asMeeting = <M extends { roomMs: string; participantMs: string }>({
  roomMs,
  participantMs,
  ...rest
}: M) => ({
  ...rest,
  roomSeconds: Math.floor(Number(roomMs) / 1_000),
  participantSeconds: Math.floor(Number(participantMs) / 1_000),
});

export const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("base64url");
