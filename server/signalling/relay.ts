import { AppError } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { grantsOf, sendsMedia } from "@/lib/meetings/rules";
import type { Place } from "@/lib/meetings/schema";
import type { RoomInput, RoomServerEvents } from "@/lib/protocol/rooms";
import { type Line, personChannel, roomChannel, type Signalling } from "./channels";
import { type Ears, on } from "./on";
import { placeOf } from "./rooms";
import type { Seats } from "./seats";

type Relayed = "offer" | "answer" | "ice-candidate" | "renegotiate" | "quality-request" | "reaction" | "caption";
/** An event, with what it carries. */
type Said = { [K in Relayed]: [name: K, body: Parameters<RoomServerEvents[K]>[0]] }[Relayed];

const NO_MORE = { candidate: "" };
const DONE: Record<never, never> = {};

/** What goes from one person to another and is kept nowhere. It never leaves the sender's room, whatever it says. */
export function serveRelay(ears: Ears, seats: Seats, io: Signalling): void {
  const { line } = ears;
  const here = () => placeOf(seats, line);
  const send = senderAmong(seats, io);

  on(ears, "offer", (_line, { target, sdp, negotiation }) => {
    const place = mayOffer(here(), sdp);
    return send(place, target, ["offer", { ...sender(place), ...negotiation, offer: { type: "offer", sdp }, sdp }]);
  });
  on(ears, "answer", (_line, { target, sdp, negotiation }) => {
    const place = mayOffer(here(), sdp);
    return send(place, target, ["answer", { ...sender(place), ...negotiation, answer: { type: "answer", sdp }, sdp }]);
  });
  // By far the most there is of: written out, and what is not there is left out on the way.
  on(ears, "ice-candidate", (_line, { target, candidates, negotiation: { negId, epoch, ufrag } }) => {
    const place = here();
    const { participantId: from, name: fromName } = place;
    const candidate = candidates[0] ?? NO_MORE;
    const batch = candidates.length > 1 ? candidates : undefined;
    const body = { from, fromName, userId: from, negId, epoch, ufrag, candidate, candidates: batch };
    return send(place, target, ["ice-candidate", body]);
  });
  on(ears, "renegotiate", (_line, { target }) => {
    const place = here();
    return send(place, target, ["renegotiate", sender(place)]);
  });
  on(ears, "set-quality", (_line, { participantId, level }) => {
    const place = here();
    const request: Said = ["quality-request", { ...sender(place), level }];
    return participantId === "all" ? toOthers(line, place, request) : send(place, participantId, request);
  });
  on(ears, "reaction", (_line, { emoji }) => {
    const place = here();
    return toOthers(line, place, ["reaction", { ...sender(place), emoji }]);
  });
  on(ears, "caption", (_line, said: RoomInput<"caption">) => {
    const place = maySpeak(here());
    return toOthers(line, place, ["caption", { ...sender(place), ...said }]);
  });
}

/** Who came to listen sends nothing, not even between browsers. */
function mayOffer(place: Place, sdp: string): Place {
  if (!publishes(place) && sendsMedia(sdp)) throw hereToListen();
  return place;
}

function maySpeak(place: Place): Place {
  if (!publishes(place)) throw hereToListen();
  return place;
}

const publishes = ({ role }: Place): boolean => grantsOf(role).publish;
const hereToListen = () => new AppError("forbidden", "You are here to listen.");

const senderAmong =
  (seats: Seats, io: Signalling) =>
  ({ roomId, participantId: own }: Place, target: string | undefined, said: Said): Record<never, never> => {
    const room = seats.room(roomId);
    const whom = (target ?? onlyOther(room?.people.keys(), own)) as Id<"participant"> | undefined; // what is no such id is nobody here
    if (whom === undefined || whom === own || !room?.people.has(whom))
      throw new AppError("target_gone", "They are not in this room.");
    const near = room.seats.get(whom)?.line;
    emit(near ?? io.to(personChannel(roomId, whom)), said);
    return DONE;
  };

function toOthers(line: Line, { roomId }: Place, said: Said): Record<never, never> {
  emit(line.to(roomChannel(roomId)).volatile, said);
  return DONE;
}

const sender = ({ participantId, name }: Place) => ({ from: participantId, fromName: name, userId: participantId });

/** A client that names nobody means the one other person there is. */
function onlyOther(people: Iterable<string> | undefined, own: string): string | undefined {
  const others = [...(people ?? [])].filter((id) => id !== own);
  return others.length === 1 ? others[0] : undefined;
}

type Mouth = Line | ReturnType<Signalling["to"]>;

/** Both kinds of recipient take the same events; their types do not say so for a name that is a parameter. */
function emit(to: Mouth, [name, body]: Said): void {
  (to.emit as (name: string, body: unknown) => boolean).call(to, name, body);
}
