import type { RoomServerEvents } from "@/lib/protocol/rooms";
import { changed, joinedBy, leftBy, toggled, unwritten, updated, written } from "./apply";
import { type CallParts, nameIn, personIn } from "./parts";

type Body<K extends keyof RoomServerEvents> = Parameters<RoomServerEvents[K]>[0];
type Durable = {
  [K in keyof RoomServerEvents]: Body<K> extends { seq: number; ts: number } ? K : never;
}[keyof RoomServerEvents];

/** What happened in the room, in its order: the state has it first, and then whoever listens hears of it. */
export function hearRoom(parts: CallParts, isNext: (seq: number) => boolean): void {
  const on = <K extends Exclude<Durable, "joined-room">>(name: K, apply: (body: Body<K>) => void): void => {
    const listen = (body: Body<K>) => {
      const { seq } = body as { seq: number }; // every one of these names has it
      if (isNext(seq)) apply(body);
    };
    parts.line.on(name, listen as RoomServerEvents[K]); // the same function under the name's own type
  };
  hearPeople(parts, on);
  hearSaid(parts, on);
  hearFate(parts, on);
}

type On = <K extends Exclude<Durable, "joined-room">>(name: K, apply: (body: Body<K>) => void) => void;

function hearPeople(parts: CallParts, on: On): void {
  const { store, events } = parts;
  const told = (
    name: "person-joined" | "person-away" | "person-back" | "person-updated",
    id: Body<"user-left">["participantId"],
  ) => {
    const person = personIn(parts, id);
    if (person) events.emit(name, person);
  };
  on("user-joined", (body) => {
    store.set(joinedBy(store.getSnapshot(), body));
    parts.route()?.meet({ id: body.id, polite: body.polite, offers: false });
    told("person-joined", body.id);
  });
  on("user-resumed", (body) => {
    const isKnown = personIn(parts, body.id) !== undefined;
    store.set(joinedBy(store.getSnapshot(), body));
    const route = parts.route();
    if (!route?.has(body.id)) route?.meet({ id: body.id, polite: body.polite, offers: false });
    told(isKnown ? "person-back" : "person-joined", body.id);
  });
  on("user-left", ({ participantId: id, reason }) => {
    const name = nameIn(parts, id);
    store.set(leftBy(store.getSnapshot(), id));
    parts.route()?.part(id);
    parts.media.forget(id);
    events.emit("person-left", { id, name, reason });
  });
  on("user-reconnecting", ({ participantId: id }) => {
    store.set(changed(store.getSnapshot(), id, { isAway: true }));
    told("person-away", id);
  });
  on("user-updated", (body) => {
    store.set(updated(store.getSnapshot(), body));
    parts.route()?.allowSending(store.getSnapshot().self?.grants.publish ?? false);
    told("person-updated", body.participantId);
  });
}

function hearSaid(parts: CallParts, on: On): void {
  const { store, events } = parts;
  on("user-media-toggled", (body) => {
    const { participantId: id, type: kind, enabled, by } = body;
    store.set(toggled(store.getSnapshot(), body));
    if (kind === "screen") showScreen(parts, id);
    if (kind === "video") parts.media.turnCamera(id, enabled);
    events.emit("media-toggled", { id, name: nameIn(parts, id), kind, enabled, by });
  });
  on("chat-message", ({ id, from, userId, userName, text, clientId, ts }) => {
    const entry = { id, from, userId, userName, text, clientId, ts, state: "sent" as const };
    store.set(written(store.getSnapshot(), entry));
    events.emit("chat-message", entry);
  });
  on("chat-deleted", ({ id }) => {
    store.set(unwritten(store.getSnapshot(), (entry) => entry.id === id));
    events.emit("chat-deleted", { id });
  });
}

function hearFate(parts: CallParts, on: On): void {
  const { store, events } = parts;
  on("room-updated", ({ locked, waitingRoom, name }) => {
    const { room, ...state } = store.getSnapshot();
    if (!room) return;
    const next = { ...room, locked, waitingRoom, name };
    store.set({ ...state, room: next });
    events.emit("room-updated", next);
  });
  on("limit-warning", ({ percent, remainingMinutes, endsInMs }) => {
    const endsAtMs = endsInMs === undefined ? null : Date.now() + endsInMs;
    const warning = { percent, remainingMinutes, endsAtMs };
    store.set({ ...store.getSnapshot(), warning });
    events.emit("minutes-warning", warning);
  });
  on("room-ended", ({ reason, message }) => parts.end({ reason, message }));
}

/** What somebody shares stands beside them for as long as they say that they share. */
export function showScreen(parts: CallParts, id: Body<"user-left">["participantId"]): void {
  const { store, events, media } = parts;
  const person = personIn(parts, id);
  if (!person) return;
  const screen = person.media.screen ? media.screenOf(id) : null;
  if (screen === person.screen) return;
  store.set(changed(store.getSnapshot(), id, { screen }));
  const next = personIn(parts, id) ?? person;
  if (screen) events.emit("screen-added", { person: next, stream: screen });
  else events.emit("screen-removed", { person: next });
}
