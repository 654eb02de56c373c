import type { Ctx, RoomActor } from "@/lib/ctx";
import { AppError } from "@/lib/errors";
import { iceServersFor } from "@/lib/media/turn";
import { joinRoom } from "@/lib/meetings/join";
import { dropLine, leaveRoom } from "@/lib/meetings/leave";
import { snapshotFor } from "@/lib/meetings/queries";
import { resumeRoom } from "@/lib/meetings/resume";
import { grantsOf } from "@/lib/meetings/rules";
import type { Place, Waiting } from "@/lib/meetings/schema";
import type { JoinedRoom, RoomInput } from "@/lib/protocol/rooms";
import { signPass } from "@/lib/rooms/pass";
import { hours, later } from "@/lib/time";
import { type Line, personChannel, roomChannel } from "./channels";
import { release, sayGoodbye } from "./news";
import { ctxOf, type Ears, on, onVerb } from "./on";
import type { Seat, Seats } from "./seats";

/** A guest who is in comes back for so long, whatever the token was good for that brought them. */
const RENEWED_MS = hours(6);

type Where = { line: Line; seats: Seats };

/** Coming, coming back, and going. */
export function serveRooms(ears: Ears, seats: Seats): void {
  const { line } = ears;
  const where = { line, seats };
  const inTurn = oneAfterAnother();

  onVerb(ears, "join-room", (ctx, input) => inTurn(() => come(ctx, where, input)));
  onVerb(ears, "resume-room", (ctx, input) => inTurn(() => comeBack(ctx, where, input)));
  onVerb(ears, "leave-room", (ctx) => inTurn(() => go(ctx, where)));

  onVerb(ears, "room-state", async (ctx) => {
    const { own: _, ...state } = await snapshotFor(ctx, placeOf(seats, line));
    return state;
  });

  on(ears, "turn-refresh", () => iceServersFor(placeOf(seats, line), Date.now()));
  on(ears, "time-sync", (_line, { t0 }) => ({ t0, t1: Date.now() }));
}

/** Where a line is has to be known before it asks to go elsewhere; one that asks twice at once would be in twice. */
function oneAfterAnother(): <T>(work: () => Promise<T>) => Promise<T> {
  let last = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    // Without what it came to: a line lasts for hours, and a picture of a room is large.
    last = next.then(nothing, nothing);
    return next;
  };
}

const nothing = (): void => undefined;

async function come(ctx: Ctx<RoomActor>, where: Where, input: RoomInput<"join-room">): Promise<JoinedRoom> {
  const there = where.seats.of(where.line);
  if (there && there.place.roomId !== input.roomId)
    throw new AppError("already_in_room", "You are in another room. Leave it first.");
  if (there?.place.outcome === "inside") return followed(there, await joinedRoom(ctx, there, there.place));
  const place = await joinRoom(ctx, input);
  if (place.outcome === "inside") return sit(ctx, where, place);
  waitOutside(where, place);
  throw new AppError("waiting", "Somebody inside has been asked to let you in.", {
    details: { participantId: place.participantId },
  });
}

async function comeBack(ctx: Ctx<RoomActor>, where: Where, input: RoomInput<"resume-room">): Promise<JoinedRoom> {
  const there = where.seats.of(where.line);
  const isBack = there?.place.roomId === input.roomId && there.place.participantId === input.participantId;
  // The answer before this one was late, and whoever waited for it asks again.
  if (isBack && there.place.outcome === "inside") return followed(there, await joinedRoom(ctx, there, there.place));
  if (there) throw new AppError("already_in_room", "You are in a room. Leave it first.");
  return sit(ctx, where, await resumeRoom(ctx, input));
}

async function go(ctx: Ctx<RoomActor>, { line, seats }: Where): Promise<Record<never, never>> {
  const seat = seats.of(line);
  if (!seat) return {};
  seats.remove(seat);
  await leaveRoom(ctx, seat.place);
  return {};
}

async function sit(ctx: Ctx<RoomActor>, { line, seats }: Where, place: Place): Promise<JoinedRoom> {
  const { seat, before } = seats.put(line, place);
  if (before) {
    seats.remove(before);
    sayGoodbye(before, place.roomId, "replaced");
  }
  const { roomId, participantId } = place;
  await line.join([roomChannel(roomId), personChannel(roomId, participantId)]);
  try {
    const joined = await joinedRoom(ctx, seat, place);
    line.emit("joined-room", joined);
    return followed(seat, joined);
  } catch (error) {
    seats.remove(seat);
    throw error;
  } finally {
    // The line may have broken while the place was being made; nobody would hear of that any more.
    if (!line.connected) {
      seats.remove(seat);
      await dropLine(ctx, { ...place, heardToTheEnd: true });
    }
  }
}

function waitOutside({ line, seats }: Where, place: Waiting): void {
  const { before } = seats.put(line, place);
  if (before) seats.remove(before);
  if (!line.connected) void dropLine(ctxOf(line), { ...place, heardToTheEnd: true });
}

/** What happened since the picture was taken follows it, and never comes before: the answer leaves in this turn yet. */
function followed(seat: Seat, joined: JoinedRoom): JoinedRoom {
  setImmediate(() => release(seat, joined.seq));
  return joined;
}

/** Who is here, as of one instant. */
async function joinedRoom(ctx: Ctx<RoomActor>, seat: Seat, place: Place): Promise<JoinedRoom> {
  const { own, ...state } = await snapshotFor(ctx, place);
  for (const { id, name } of state.participants) seat.people.set(id, name);
  seat.people.set(own.id, own.name);
  const { actor } = ctx;
  return {
    ...state,
    roomId: place.roomId,
    participantId: place.participantId,
    userId: place.participantId,
    name: own.name,
    role: own.role,
    grants: grantsOf(own.role),
    media: { audio: own.hasAudio, video: own.hasVideo, screen: own.hasScreen },
    resumeToken: place.resumeToken,
    epoch: place.epoch,
    ...(actor.kind === "guest" && {
      token: await signPass({ ...actor.pass, expiresAt: later(new Date(), RENEWED_MS) }),
    }),
    ...iceServersFor(place, Date.now()),
  };
}

/** Where a line is, once it is in. */
export function placeOf(seats: Seats, line: Line): Place {
  const place = seats.of(line)?.place;
  if (place?.outcome !== "inside") throw new AppError("not_in_room", "Join a room first.");
  return place;
}
