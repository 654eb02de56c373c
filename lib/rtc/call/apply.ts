import type { Participant } from "@/lib/protocol/room-parts";
import type { JoinedRoom, RoomServerEvents, RoomState } from "@/lib/protocol/rooms";
import type { CallState, ChatEntry, ParticipantRef, Person } from "../state";

type Body<K extends keyof RoomServerEvents> = Parameters<RoomServerEvents[K]>[0];

/** A snapshot takes the place of all that the server knows; what this page alone knows of the same people stays. */
export function placed(state: CallState, { room, participants, knocks, chat }: RoomState): CallState {
  const people = participants.map((one) =>
    introduced(
      one,
      state.people.find(({ id }) => id === one.id),
    ),
  );
  return { ...state, room, people, knocks, chat: mergedChat(state.chat, chat) };
}

export function seated(state: CallState, joined: JoinedRoom): CallState {
  const { participantId, name, role, grants, media } = joined;
  const hand = state.self?.id === participantId && state.self.hand;
  const self = { id: participantId, name, role, grants, media, hand };
  return { ...placed(state, joined), self, phase: "connected", reconnect: null, refused: null, ended: null };
}

const introduced = (one: Participant, before: Person | undefined): Person => ({
  ...(before ?? { link: "connecting", stream: null, screen: null, quality: "unknown" }),
  id: one.id,
  name: one.name,
  role: one.role,
  hand: one.hand,
  media: one.media,
  isAway: one.reconnecting,
});

export const joinedBy = (state: CallState, one: Participant): CallState => {
  const before = state.people.find(({ id }) => id === one.id);
  const person = introduced(one, before);
  return { ...state, people: before ? replaced(state.people, person) : [...state.people, person] };
};

export const leftBy = (state: CallState, id: ParticipantRef): CallState => ({
  ...state,
  people: state.people.filter((person) => person.id !== id),
});

export const changed = (state: CallState, id: ParticipantRef, change: Partial<Person>): CallState => {
  const person = state.people.find((one) => one.id === id);
  return person ? { ...state, people: replaced(state.people, { ...person, ...change }) } : state;
};

const replaced = (people: readonly Person[], next: Person) => people.map((one) => (one.id === next.id ? next : one));

export function toggled(state: CallState, { participantId, type, enabled }: Body<"user-media-toggled">): CallState {
  const { self } = state;
  if (self?.id === participantId) return { ...state, self: { ...self, media: { ...self.media, [type]: enabled } } };
  const person = state.people.find(({ id }) => id === participantId);
  return person ? changed(state, participantId, { media: { ...person.media, [type]: enabled } }) : state;
}

export function updated(state: CallState, { participantId, name, hand, role }: Body<"user-updated">): CallState {
  const { self } = state;
  if (self?.id !== participantId) return changed(state, participantId, { name, hand, role });
  const grants = { ...self.grants, publish: role !== "listener", moderate: role === "host" || role === "moderator" };
  return { ...state, self: { ...self, name, hand, role, grants } };
}

/** The server's word on a message takes the place of what came ahead of it. */
export function written(state: CallState, entry: ChatEntry): CallState {
  const isSame = (one: ChatEntry) => one.from === entry.from && one.clientId === entry.clientId;
  const before = state.chat.find(isSame);
  if (before?.state === "sent" && entry.state !== "sent") return state;
  return { ...state, chat: before ? state.chat.map((one) => (isSame(one) ? entry : one)) : [...state.chat, entry] };
}

export const unwritten = (state: CallState, isGone: (entry: ChatEntry) => boolean): CallState => ({
  ...state,
  chat: state.chat.filter((entry) => !isGone(entry)),
});

function mergedChat(before: readonly ChatEntry[], now: RoomState["chat"]): ChatEntry[] {
  const known = new Set(now.map(({ from, clientId }) => `${from} ${clientId}`));
  const waiting = before.filter(({ state, from, clientId }) => state !== "sent" && !known.has(`${from} ${clientId}`));
  return [...now.map((message) => ({ ...message, state: "sent" as const })), ...waiting];
}
