import type { Id } from "@/lib/ids";
import type { Place, Waiting } from "@/lib/meetings/schema";
import type { DurableName, PassingName } from "@/lib/protocol/room-events";
import { type Line, personChannel, roomChannel } from "./channels";

/** One event of a room as it was written down. */
export type RoomNews = {
  roomId: Id<"room">;
  seq: number | null;
  name: DurableName | PassingName;
  body: Record<string, unknown>;
  audience: Id<"participant"> | "moderators" | null;
  ts: number;
};

/** A line that is in a room, or at its door. */
export type Seat = {
  line: Line;
  place: Place | Waiting;
  /** The last event that the snapshot knew; what comes before there is a snapshot is held. */
  seq: number | undefined;
  held: RoomNews[];
  /** Who is in the room, as far as this process was told. */
  people: Held["people"];
  /** Whether there was a sign of life since the last one was written down. */
  isHeard: boolean;
};

/** A room of which this process holds lines: those, and the names of all who are inside, wherever their lines are. */
export type Held = { seats: Map<Id<"participant">, Seat>; people: Map<Id<"participant">, string> };

export type Seats = ReturnType<typeof createSeats>;

/** Which lines of this process are where. What it says of people it was told by the database, in order. */
export function createSeats() {
  const bySocket = new Map<string, Seat>();
  const rooms = new Map<Id<"room">, Held>();

  return {
    of: (line: Line): Seat | undefined => bySocket.get(line.id),
    room: (roomId: Id<"room">): Held | undefined => rooms.get(roomId),
    all: (): Iterable<Seat> => bySocket.values(),

    /** Puts a line where it belongs. The line of the same person from before is handed back to be let go. */
    put(line: Line, place: Place | Waiting): { seat: Seat; before: Seat | undefined } {
      const room = rooms.get(place.roomId) ?? { seats: new Map(), people: new Map() };
      rooms.set(place.roomId, room);
      const before = room.seats.get(place.participantId);
      const seat: Seat = { line, place, seq: undefined, held: [], people: room.people, isHeard: true };
      room.seats.set(place.participantId, seat);
      bySocket.set(line.id, seat);
      line.data.inRoomOf = place.accountId;
      return { seat, before: before?.line === line ? undefined : before };
    },

    /** Takes a line out. Only where it still holds the place: another one may have it by now. */
    remove(seat: Seat): void {
      const { roomId, participantId } = seat.place;
      if (bySocket.get(seat.line.id) === seat) {
        bySocket.delete(seat.line.id);
        seat.line.data.inRoomOf = undefined;
      }
      const room = rooms.get(roomId);
      if (room?.seats.get(participantId) === seat) room.seats.delete(participantId);
      if (room?.seats.size === 0) rooms.delete(roomId);
      void seat.line.leave(roomChannel(roomId));
      void seat.line.leave(personChannel(roomId, participantId));
    },

    /** Those who gave a sign of life since this was asked the last time. */
    takeHeard(): Id<"participant">[] {
      const heard: Id<"participant">[] = [];
      for (const seat of bySocket.values()) {
        if (seat.isHeard) heard.push(seat.place.participantId);
        seat.isHeard = false;
      }
      return heard;
    },
  };
}
