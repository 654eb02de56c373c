import { asc } from "drizzle-orm";
import { db } from "@/lib/db/client";
import { roomEvents } from "@/lib/db/schema";
import { seconds } from "@/lib/time";
import type { RoomNews } from "../signalling/seats";
import { every, type Loop } from "./every";
import { type From, tail, writtenSince } from "./horizon";
import { noticed } from "./noticed";

const POLL_MS = seconds(1);

/**
 * Hands on what happened in rooms as it commits. Within a room the numbers were given under its lock, so the order of
 * the rows is the order in which it happened.
 */
export async function startRoomNews(carry: (news: RoomNews) => void): Promise<Loop> {
  const look = await tail(
    writtenFrom,
    ({ at, name, ...row }) => carry({ ...row, name: name as RoomNews["name"], ts: at.getTime() }), // `tellRoom` and `tellSome` write no others
  );
  return noticed(every("room-news", POLL_MS, look), "parley_rooms");
}

const writtenFrom = (from: From) =>
  db()
    .select({
      id: roomEvents.id,
      transactionId: roomEvents.transactionId,
      roomId: roomEvents.roomId,
      seq: roomEvents.seq,
      name: roomEvents.name,
      body: roomEvents.body,
      audience: roomEvents.audience,
      at: roomEvents.at,
    })
    .from(roomEvents)
    .where(writtenSince(from, roomEvents.transactionId, roomEvents.at))
    .orderBy(asc(roomEvents.id));
