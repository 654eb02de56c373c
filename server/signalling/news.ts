import { isId } from "@/lib/ids";
import { moderates } from "@/lib/meetings/rules";
import type { LeaveReason } from "@/lib/protocol/room-parts";
import type { Held, RoomNews, Seat, Seats } from "./seats";

const WORDS: Partial<Record<LeaveReason, string>> = {
  kicked: "The host removed you from this call.",
  banned: "The host removed you from this call for good.",
  replaced: "This call is open on another device.",
  lost: "You were gone for too long. Join again.",
};

/** Carries one event of a room to the lines that this process holds of it, each in its turn. */
export function applyNews(seats: Seats, news: RoomNews): void {
  const room = seats.room(news.roomId);
  if (!room) return;
  noteWhoIsThere(room, news);
  for (const seat of [...room.seats.values()]) if (isFor(seat, news)) deliver(seat, news);
  letGo(seats, room, news);
}

/** Says an event on a line, or keeps it until the line's snapshot is there to judge it by. */
export function deliver(seat: Seat, news: RoomNews): void {
  if (seat.seq === undefined && seat.place.outcome === "inside") return void seat.held.push(news);
  if (news.seq !== null && news.seq <= (seat.seq ?? 0)) return;
  const emit = seat.line.emit.bind(seat.line) as (name: string, body: unknown) => boolean; // `tellRoom` and `tellSome` are the only writers of these
  emit(news.name, news.seq === null ? news.body : { ...asSeenFrom(seat, news), seq: news.seq, ts: news.ts });
}

/** From now on a line hears events as they come, after those that came while its snapshot was read. */
export function release(seat: Seat, seq: number): void {
  seat.seq = seq;
  for (const news of seat.held.splice(0)) {
    // Whoever went while the picture was being taken may have been put back by it.
    if ((news.seq ?? 0) > seq) noteWhoIsThere(seat, news);
    deliver(seat, news);
  }
}

function isFor({ place }: Seat, { audience, name, body }: RoomNews): boolean {
  if (audience === place.participantId) return true;
  if (place.outcome !== "inside") return false;
  if (audience === "moderators") return moderates(place.role);
  if (audience !== null) return false;
  const isOwnComing = (name === "user-joined" || name === "user-resumed") && body.participantId === place.participantId;
  return !isOwnComing;
}

/** Those who were there first answer offers and insist on theirs; the event does not say to whom it goes. */
function asSeenFrom({ place }: Seat, { name, body }: RoomNews): Record<string, unknown> {
  if (name !== "user-joined" && name !== "user-resumed") return body;
  const { joinedSeq, ...person } = body;
  const isOlder = place.outcome === "inside" && Number(joinedSeq) < place.joinedSeq;
  return { ...person, polite: isOlder, offerer: false };
}

function noteWhoIsThere({ people }: Pick<Held, "people">, { name, body }: RoomNews): void {
  const { participantId } = body;
  if (!isId("participant", participantId)) return;
  if (name === "user-joined" || name === "user-updated") people.set(participantId, String(body.name));
  if (name === "user-left") people.delete(participantId);
}

/** A line ends where its person left, went on over another one, or was not let in. */
function letGo(seats: Seats, room: Held, { roomId, name, body }: RoomNews): void {
  const whom = name === "knock-result" ? body.knockId : body.participantId;
  const seat = isId("participant", whom) ? room.seats.get(whom) : undefined;
  if (!seat) return;
  const isInside = seat.place.outcome === "inside";
  if (name === "knock-result" && body.admitted === false && !isInside) seats.remove(seat);
  if (!isInside) return;
  if (name === "user-updated") noteRole(seat, body);
  if (name === "user-left") end(body.reason as LeaveReason); // `takeOut` writes no other
  if (name === "user-resumed" && Number(body.epoch) > seat.place.epoch) end("replaced");

  function end(reason: LeaveReason): void {
    if (!seat) return;
    seats.remove(seat);
    sayGoodbye(seat, roomId, reason);
  }
}

function noteRole(seat: Seat, { role, name }: Record<string, unknown>): void {
  if (seat.place.outcome === "inside") Object.assign(seat.place, { role, name });
}

/** Whoever left by themselves, or heard that the call ended, knows it already. */
export function sayGoodbye({ line }: Seat, roomId: RoomNews["roomId"], reason: LeaveReason): void {
  const message = WORDS[reason];
  if (message) line.emit("kicked", { roomId, reason, message });
}
