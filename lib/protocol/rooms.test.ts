import { expect, test } from "vitest";
import { newId } from "@/lib/ids";
import { roomCalls } from "./rooms";

const roomId = newId("room");
const target = newId("participant");
const sdp = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\n";

const join = (asked: object) => roomCalls["join-room"].input.parse({ roomId, ...asked });

test("a documented client may say it in its own words", () => {
  expect(join({ userName: "Noor", mediaType: "voice" })).toMatchObject({
    name: "Noor",
    type: "voice",
    media: { audio: true, video: false },
  });
  expect(join({ name: "Noor", type: "video" })).toMatchObject({ name: "Noor", media: { audio: true, video: true } });
  expect(roomCalls["toggle-media"].input.parse({ mediaType: "video", enabled: false })).toEqual({
    media: "video",
    enabled: false,
  });
});

test.each([
  ["offer", { to: target, offer: { type: "offer", sdp } }],
  ["offer", { targetId: target, sdp }],
  ["answer", { targetUserId: target, answer: sdp }],
  ["offer", { target, description: { sdp } }],
] as const)("%s is read as %j", (name, asked) => {
  expect(roomCalls[name].input.parse(asked)).toMatchObject({ target, sdp });
});

test("a candidate comes alone, in a batch, as bare text, or as the end of them all", () => {
  const read = (asked: object) => roomCalls["ice-candidate"].input.parse({ target, ...asked }).candidates;
  const one = { candidate: "candidate:1", sdpMid: "0", sdpMLineIndex: 0 };
  expect(read({ candidate: one })).toEqual([one]);
  expect(read({ candidates: [one, one] })).toEqual([one, one]);
  expect(read({ candidate: "candidate:1" })).toEqual([{ candidate: "candidate:1" }]);
  expect(read({ candidate: null })).toEqual([{ candidate: "" }]);
  expect(read({})).toEqual([{ candidate: "" }]);
});

test("what is no description, is too long, or is binary is refused", () => {
  const reads = (asked: object) => roomCalls.offer.input.safeParse({ target, ...asked }).success;
  expect(reads({ sdp })).toBe(true);
  expect(reads({})).toBe(false);
  expect(reads({ sdp: "hello" })).toBe(false);
  expect(reads({ sdp: `v=0${"x".repeat(70_000)}` })).toBe(false);
  expect(reads({ sdp: Buffer.from(sdp) })).toBe(false);
  expect(roomCalls["chat-message"].input.safeParse({ text: Buffer.from("hi"), clientId: "1" }).success).toBe(false);
});

test("who sent it is not for the sender to say, and an unknown word does no harm", () => {
  const read = roomCalls.offer.input.parse({ target, sdp, from: newId("participant"), role: "host", later: true });
  expect(Object.keys(read)).toEqual(["target", "sdp", "negotiation"]);
});

test("a name keeps its letters and loses what would turn or hide it", () => {
  expect(join({ name: "\u202eNoor\u0000 <b>x</b>" }).name).toBe("Noor <b>x</b>");
  expect(roomCalls["chat-message"].input.parse({ text: "one\r\ntwo\u0007", clientId: "1" }).text).toBe("one\ntwo");
});
