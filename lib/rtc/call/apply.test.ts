import { expect, test } from "vitest";
import type { Participant } from "@/lib/protocol/room-parts";
import type { JoinedRoom } from "@/lib/protocol/rooms";
import { type CallState, type ChatEntry, nobodyYet } from "../state";
import { changed, joinedBy, leftBy, placed, seated, toggled, unwritten, updated, written } from "./apply";

const media = { audio: true, video: true, screen: false };
const person = (id: `participant_${string}`, name: string): Participant => ({
  ...{ id, participantId: id, userId: id, name, userName: name, role: "speaker", media, hand: false },
  ...{ reconnecting: false, epoch: 1, polite: false, offerer: false },
});
const dana = person("participant_dana", "Dana");
const placedAt = { seq: 2, ts: 1 };

const inside = (...people: Participant[]): CallState => people.reduce(joinedBy, nobodyYet);

test("a snapshot is the truth about people, and what only this page knows of them stays", () => {
  const before = changed(inside(dana), dana.id, { link: "connected", quality: "good" });
  const room = { name: "Room" } as JoinedRoom["room"]; // the rest of it is not looked at
  const after = placed(before, {
    ...{ room, participants: [{ ...dana, name: "Dana Vale" }], users: [], knocks: [], chat: [], ...placedAt },
  });
  expect(after.people).toMatchObject([{ name: "Dana Vale", link: "connected", quality: "good" }]);
  expect(placed(after, { room, participants: [], users: [], knocks: [], chat: [], ...placedAt }).people).toEqual([]);
});

test("whoever comes in stands last, comes in once, and goes", () => {
  const tom = person("participant_tom", "Tom");
  const both = inside(dana, tom, dana);
  expect(both.people.map(({ name }) => name)).toEqual(["Dana", "Tom"]);
  expect(leftBy(both, dana.id).people.map(({ name }) => name)).toEqual(["Tom"]);
});

test("what is turned off or on is so for the one who did it, and a new role brings its rights", () => {
  const self = { ...{ id: dana.id, name: "Dana", role: "speaker", hand: false, media } } as CallState["self"] & object;
  const state = {
    ...inside(person("participant_tom", "Tom")),
    self: { ...self, grants: { publish: true, chat: true, moderate: false } },
  };
  const said = { userId: dana.id, mediaType: "video", by: dana.id, ...placedAt } as const;
  const off = toggled(state, { ...said, participantId: dana.id, type: "video", enabled: false });
  expect(off.self?.media).toEqual({ audio: true, video: false, screen: false });
  expect(off.people).toBe(state.people);
  const listener = {
    ...said,
    participantId: dana.id,
    name: "Dana",
    userName: "Dana",
    hand: true,
    role: "listener",
  } as const;
  expect(updated(state, listener).self).toMatchObject({ hand: true, grants: { publish: false, moderate: false } });
});

test("a message that came between browsers becomes the server's, and never the other way round", () => {
  const early: ChatEntry = {
    ...{
      id: null,
      from: dana.id,
      userId: dana.id,
      userName: "Dana",
      text: "Hi",
      clientId: "c1",
      ts: 1,
      state: "sending",
    },
  };
  const kept: ChatEntry = { ...early, id: "chat_1", ts: 2, state: "sent" };
  const once = written(written(written(nobodyYet, early), kept), early);
  expect(once.chat).toEqual([kept]);
  const forged = { ...early, from: "participant_tom" } as ChatEntry;
  expect(written(once, forged).chat).toHaveLength(2);
  expect(unwritten(once, ({ id }) => id === "chat_1").chat).toEqual([]);
});

test("what was refused last does not stand beside being inside", () => {
  const joined = {
    ...{ participantId: dana.id, name: "Dana", role: "speaker" },
    participants: [],
    chat: [],
    knocks: [],
  };
  const state = seated({ ...nobodyYet, phase: "connecting" }, joined as unknown as JoinedRoom); // what is looked at is there
  expect(state).toMatchObject({ phase: "connected", refused: null, self: { name: "Dana" } });
});
