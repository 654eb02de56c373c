import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { participants } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { createKey } from "@/lib/keys/create";
import { revokeKey } from "@/lib/keys/revoke";
import { revokeLogin } from "@/lib/logins/revoke";
import { enterByLink } from "@/lib/rooms/admit";
import { closeRoom } from "@/lib/rooms/close";
import { makeLink, revokeLink } from "@/lib/rooms/links";
import { MakeLink } from "@/lib/rooms/schema";
import { guestCtx } from "@/lib/testing/people";
import { aGuest, aRoom, type Hosted } from "@/lib/testing/rooms";
import { heardBy, openLine, type RoomLine, until } from "../testing/room-line";
import { type Served, serveWithLoops } from "../testing/serve";
import { announceDrain } from "./open";

vi.setConfig({ testTimeout: 30_000 });

let served: Served;
beforeAll(async () => {
  served = await serveWithLoops();
});
afterAll(() => served.close());

const sdp = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=sendrecv\r\n";

/** A guest's line, inside. */
async function inRoom(room: Hosted, given: Parameters<typeof aGuest>[1] = {}) {
  const { token } = await aGuest(room, given);
  const line = await openLine(served.url, { auth: { token } });
  return { line, token, joined: await line.get("join-room", { roomId: room.roomId }) };
}

async function hostIn(room: Hosted) {
  const line = await openLine(served.url, { auth: { token: room.host.token } });
  return { line, joined: await line.get("join-room", { roomId: room.roomId, userName: "Host" }) };
}

const stateOf = async (id: Id<"participant">) =>
  (await db().select().from(participants).where(eq(participants.id, id)))[0];

/** The numbers of what a line heard, after those that its snapshot knew. */
const order = (line: RoomLine) =>
  line.heard.flatMap(({ name, body }) => (name === "joined-room" ? [] : "seq" in body ? [body.seq] : []));

test("a documented client joins, offers, answers, trickles, toggles and leaves with the words it knows", async () => {
  const room = await aRoom();
  const key = { auth: { apiKey: room.host.apiKey } };
  const [one, other] = [await openLine(served.url, key), await openLine(served.url, key)];
  one.socket.emit("join-room", { roomId: room.roomId, userName: "Noor", mediaType: "video" }, () => undefined);
  const first = await heardBy(one, "joined-room");
  expect(first).toMatchObject({ roomId: room.roomId, users: [], room: { type: "video", topology: "mesh" } });

  other.socket.emit("join-room", { roomId: room.roomId, name: "Dana", type: "voice" }, () => undefined);
  const second = await heardBy(other, "joined-room");
  expect(second.users).toMatchObject([{ userId: first.userId, userName: "Noor", offerer: true, polite: true }]);
  expect(await heardBy(one, "user-joined")).toMatchObject({
    userId: second.userId,
    participantId: second.participantId,
    userName: "Dana",
    media: { audio: true, video: false },
    offerer: false,
    polite: false,
  });

  other.socket.emit("offer", { target: String(first.userId), offer: { type: "offer", sdp } }, () => undefined);
  expect(await heardBy(one, "offer")).toMatchObject({
    from: second.userId,
    fromName: "Dana",
    offer: { type: "offer", sdp },
    sdp,
  });
  one.socket.emit("answer", { to: String(second.userId), answer: { type: "answer", sdp } }, () => undefined);
  expect(await heardBy(other, "answer")).toMatchObject({ from: first.userId, answer: { type: "answer", sdp } });
  one.socket.emit(
    "ice-candidate",
    { target: String(second.userId), candidate: { candidate: "candidate:1", sdpMid: "0" } },
    () => undefined,
  );
  expect(await heardBy(other, "ice-candidate")).toMatchObject({
    from: first.userId,
    candidate: { candidate: "candidate:1", sdpMid: "0" },
  });
  one.socket.emit("toggle-media", { type: "audio", enabled: false }, () => undefined);
  expect(await heardBy(other, "user-media-toggled")).toMatchObject({
    userId: first.userId,
    mediaType: "audio",
    enabled: false,
  });
  one.socket.disconnect();
  expect(await heardBy(other, "user-left")).toMatchObject({ userId: first.userId, reason: "left" });
});

test("a client that names nobody means the one other person, and nobody where there are two", async () => {
  const room = await aRoom();
  const [one, two] = [await inRoom(room), await inRoom(room)];
  await one.line.get("offer", { sdp });
  expect(await heardBy(two.line, "offer")).toMatchObject({ from: one.joined.participantId });
  await inRoom(room);
  expect(await one.line.ask("offer", { sdp })).toMatchObject({ ok: false, error: { code: "target_gone" } });
});

test("six who come at the same moment all see each other, once each and in order", async () => {
  const room = await aRoom();
  const guests = await Promise.all(Array.from({ length: 6 }, () => inRoom(room)));
  const ids = guests.map(({ joined }) => joined.participantId).sort();
  for (const { line, joined } of guests) {
    const others = ids.filter((id) => id !== joined.participantId);
    await until(() => {
      const met = [...joined.users.map(({ id }) => id), ...line.of("user-joined").map(({ id }) => String(id))];
      expect(met.sort()).toEqual(others);
    });
    const numbers = order(line);
    expect(numbers).toEqual(numbers.map((_, at) => joined.seq + 1 + at));
  }
  const state = await guests[0]?.line.get("room-state", {});
  expect(state?.participants).toHaveLength(5);
});

test("what happens while somebody's picture of the room is being read reaches them after it, and once", async () => {
  const room = await aRoom();
  const there = await inRoom(room);
  const line = await openLine(served.url, { auth: { token: (await aGuest(room)).token } });
  const { joined, toggled } = await db().transaction(async (tx) => {
    await tx.execute(sql`lock table chat_messages in access exclusive mode`);
    const joined = line.get("join-room", { roomId: room.roomId });
    await until(async () => {
      const waiting = await db().execute(
        sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%chat_messages%'
          and datname = current_database()`,
      );
      expect(waiting).toHaveLength(1);
    });
    await there.line.get("toggle-media", { type: "audio", enabled: false });
    const toggled = await heardBy(there.line, "user-media-toggled");
    expect(line.of("user-media-toggled")).toEqual([]);
    return { joined, toggled };
  });
  const { seq, users } = await joined;
  expect(users).toMatchObject([{ media: { audio: true } }]);
  expect(toggled.seq).toBe(seq + 1);
  expect(await heardBy(line, "user-media-toggled")).toMatchObject({ seq: seq + 1 });
  const names = line.heard.map(({ name }) => name);
  expect(names.filter((name) => name === "user-media-toggled")).toHaveLength(1);
  expect(names.indexOf("joined-room")).toBeLessThan(names.indexOf("user-media-toggled"));
});

test("joining again on the same line answers the same place; another room has to wait", async () => {
  const [room, elsewhere] = [await aRoom(), await aRoom()];
  const { line, joined } = await hostIn(room);
  expect(await line.get("join-room", { roomId: room.roomId })).toMatchObject({ participantId: joined.participantId });
  expect(await line.ask("join-room", { roomId: elsewhere.roomId })).toMatchObject({
    ok: false,
    error: { code: "already_in_room" },
  });
  await line.get("leave-room", {});
  await line.get("leave-room", {});
  expect(await line.ask("toggle-media", { type: "audio", enabled: true })).toMatchObject({
    ok: false,
    error: { code: "not_in_room" },
  });
});

test("a line that breaks comes back as the same person, and its old secret opens nothing again", async () => {
  const room = await aRoom();
  const [stays, goes] = [await inRoom(room), await inRoom(room)];
  const { participantId, resumeToken, token } = goes.joined;
  goes.line.socket.io.engine.close();
  await heardBy(goes.line, "disconnect");
  const returned = await openLine(served.url, { auth: { token } });
  const back = await returned.get("resume-room", { roomId: room.roomId, participantId, resumeToken, lastSeq: 0 });
  expect(back).toMatchObject({ participantId, epoch: 2, users: [{ id: stays.joined.participantId }] });
  expect(await heardBy(stays.line, "user-resumed")).toMatchObject({ participantId, epoch: 2 });
  expect(stays.line.of("user-left")).toEqual([]);
  await returned.get("leave-room", {});
  expect(await returned.ask("resume-room", { roomId: room.roomId, participantId, resumeToken })).toMatchObject({
    error: { code: "expired" },
  });
});

test("a socket that comes back by itself is in no room, and hears nothing of before, until it has said who it is", async () => {
  const room = await aRoom();
  const stays = await inRoom(room);
  const { token } = await aGuest(room);
  const line = await openLine(served.url, { auth: { token }, reconnects: true });
  const { participantId, resumeToken } = await line.get("join-room", { roomId: room.roomId });
  line.socket.io.engine.close();
  await heardBy(line, "disconnect");
  await stays.line.get("offer", { target: participantId, sdp });
  await until(() => expect(line.socket.connected).toBe(true));
  await stays.line.get("reaction", { emoji: "🎉" });
  expect(await line.ask("chat-message", { text: "hello", clientId: "1" })).toMatchObject({
    error: { code: "not_in_room" },
  });
  expect([...line.of("reaction"), ...line.of("offer")]).toEqual([]);
  await line.get("resume-room", { roomId: room.roomId, participantId, resumeToken });
  await stays.line.get("reaction", { emoji: "👍" });
  expect(await heardBy(line, "reaction")).toMatchObject({ emoji: "👍" });
});

test("the same person on a second device takes the place over, and the first is told", async () => {
  const room = await aRoom();
  const witness = await inRoom(room);
  const first = await inRoom(room, { subject: "dana" });
  const second = await inRoom(room, { subject: "dana" });
  expect(second.joined.participantId).toBe(first.joined.participantId);
  expect(await heardBy(first.line, "kicked")).toMatchObject({ reason: "replaced" });
  first.line.socket.disconnect();
  await heardBy(witness.line, "user-resumed");
  await second.line.get("reaction", { emoji: "👍" });
  expect(await heardBy(witness.line, "reaction")).toMatchObject({ from: first.joined.participantId });
  expect(witness.line.of("user-left")).toEqual([]);
});

test("a host mutes, renames nobody, locks, lets in, and removes; a guest does none of it", async () => {
  const room = await aRoom({ waitingRoom: true });
  const host = await hostIn(room);
  const { token } = await aGuest(room, { name: "Mika" });
  const line = await openLine(served.url, { auth: { token } });
  expect(await line.ask("join-room", { roomId: room.roomId })).toMatchObject({ error: { code: "waiting" } });
  const knock = await heardBy(host.line, "knock-request");
  expect(knock).toMatchObject({ name: "Mika" });
  expect(await line.ask("chat-message", { text: "let me in", clientId: "1" })).toMatchObject({
    error: { code: "not_in_room" },
  });
  await host.line.get("admit", { knockId: knock.knockId });
  expect(await heardBy(line, "knock-result")).toMatchObject({ admitted: true });
  const guest = await line.get("join-room", { roomId: room.roomId });
  const { participantId } = guest;

  expect(await line.ask("moderate", { action: "lock" })).toMatchObject({ error: { code: "forbidden" } });
  await host.line.get("moderate", { action: "mute", participantId });
  expect(await heardBy(line, "force-mute")).toMatchObject({ type: "audio", by: host.joined.participantId });
  expect(await heardBy(host.line, "user-media-toggled")).toMatchObject({
    participantId,
    enabled: false,
    by: host.joined.participantId,
  });
  await line.get("toggle-media", { type: "audio", enabled: true });

  await line.get("update-participant", { hand: true });
  expect(await heardBy(host.line, "user-updated")).toMatchObject({ participantId, hand: true });
  await host.line.get("moderate", { action: "set-role", participantId, value: "listener" });
  expect(await heardBy(host.line, "user-updated", 2)).toMatchObject({ role: "listener" });
  await until(async () =>
    expect(await line.ask("toggle-media", { type: "audio", enabled: true })).toMatchObject({
      error: { code: "forbidden" },
    }),
  );
  await host.line.get("moderate", { action: "kick", participantId });
  expect(await heardBy(line, "kicked")).toMatchObject({ reason: "kicked" });
  expect(await line.ask("reaction", { emoji: "👍" })).toMatchObject({ error: { code: "not_in_room" } });
});

test("who waits and goes away is not at the door any more; who is turned away hears so", async () => {
  const room = await aRoom({ waitingRoom: true });
  const host = await hostIn(room);
  const waitAs = async () => {
    const line = await openLine(served.url, { auth: { token: (await aGuest(room)).token } });
    await line.ask("join-room", { roomId: room.roomId });
    return line;
  };
  const impatient = await waitAs();
  const { knockId } = await heardBy(host.line, "knock-request");
  impatient.socket.disconnect();
  expect(await heardBy(host.line, "knock-gone")).toEqual({ knockId });
  expect(await host.line.ask("admit", { knockId })).toMatchObject({ error: { code: "target_gone" } });

  const unwanted = await waitAs();
  const second = await heardBy(host.line, "knock-request", 2);
  await host.line.get("reject", { knockId: second.knockId });
  expect(await heardBy(unwanted, "knock-result")).toMatchObject({ admitted: false });
});

test("chat is kept, numbered, said once however often it is sent, and taken back", async () => {
  const room = await aRoom();
  const [one, two] = [await inRoom(room, { name: "Noor" }), await inRoom(room)];
  const said = { text: "<b>two\nlines</b>", clientId: "message-1" };
  const [sent, again] = await Promise.all([one.line.get("chat-message", said), one.line.get("chat-message", said)]);
  expect(again.id).toBe(sent.id);
  expect(await heardBy(two.line, "chat-message")).toMatchObject({
    id: sent.id,
    text: "<b>two\nlines</b>",
    userName: "Noor",
  });
  const late = await inRoom(room);
  expect(late.joined.chat).toMatchObject([{ id: sent.id, text: said.text }]);

  expect(await two.line.ask("chat-delete", { id: sent.id })).toMatchObject({ ok: false });
  await one.line.get("chat-delete", { id: sent.id });
  expect(await heardBy(two.line, "chat-deleted")).toMatchObject({ id: sent.id });
  expect((await two.line.get("room-state", {})).chat).toEqual([]);
  expect(two.line.of("chat-message")).toHaveLength(1);
});

test("deleting a room ends the call for everybody, and says why before it does", async () => {
  const room = await aRoom();
  const [one, two] = [await inRoom(room), await inRoom(room)];
  await closeRoom(room.host.ctx, { id: room.roomId });
  for (const { line } of [one, two]) {
    expect(await heardBy(line, "room-ended")).toMatchObject({ reason: "deleted", message: "This room was closed." });
    await until(async () =>
      expect(await line.ask("reaction", { emoji: "👍" })).toMatchObject({ error: { code: "not_in_room" } }),
    );
    expect(line.of("kicked")).toEqual([]);
  }
});

test("a guest link is spent by coming in and not by looking, and lets nobody in after that", async () => {
  const room = await aRoom();
  const once = await makeLink(room.host.ctx, {
    id: room.roomId,
    ...MakeLink.parse({ oneTime: true, role: "listener" }),
  });
  const link = once.url.split("#link=")[1] ?? "";
  const enter = () => enterByLink(guestCtx(), { id: room.roomId, link, name: "Robin" });
  const [looked, wanted] = [await enter(), await enter()];
  const join = async (token: string) => {
    const line = await openLine(served.url, { auth: { token } });
    return { line, answer: await line.ask("join-room", { roomId: room.roomId }) };
  };
  const both = await Promise.all([join(looked.token), join(wanted.token)]);
  expect(both.map(({ answer }) => (answer.ok ? "in" : answer.error.code)).sort()).toEqual(["in", "link_spent"]);
  await expect(enter()).rejects.toMatchObject({ code: "link_spent" });

  const inside = both.find(({ answer }) => answer.ok);
  if (!inside?.answer.ok) throw new Error("Nobody came in");
  expect(inside.answer.data).toMatchObject({ role: "listener", grants: { publish: false }, media: { audio: false } });
  expect(await inside.line.ask("toggle-media", { type: "audio", enabled: true })).toMatchObject({
    error: { code: "forbidden" },
  });
  await hostIn(room);
  expect(await inside.line.ask("offer", { sdp })).toMatchObject({ error: { code: "forbidden" } });
  await inside.line.get("offer", { sdp: sdp.replace("sendrecv", "recvonly") });
  // Whoever came in by it may come in again.
  inside.line.socket.disconnect();
  const { participantId, token = "" } = inside.answer.data;
  await until(async () => expect((await stateOf(participantId))?.state).toBe("left"));
  expect((await join(token)).answer.ok).toBe(true);
});

test("a link that was taken back, or has run out, opens nothing", async () => {
  const room = await aRoom();
  const made = await makeLink(room.host.ctx, { id: room.roomId, ...MakeLink.parse({}) });
  const link = made.url.split("#link=")[1] ?? "";
  const early = await enterByLink(guestCtx(), { id: room.roomId, link });
  await revokeLink(room.host.ctx, { id: room.roomId, linkId: made.id });
  await expect(enterByLink(guestCtx(), { id: room.roomId, link })).rejects.toMatchObject({ code: "link_spent" });
  const line = await openLine(served.url, { auth: { token: early.token } });
  expect(await line.ask("join-room", { roomId: room.roomId })).toMatchObject({ error: { code: "link_spent" } });
});

test("a key or a login that ends leaves the room at once, and those who stay see it", async () => {
  const room = await aRoom();
  const witness = await inRoom(room);
  const made = await createKey(room.host.ctx, { name: "Page", label: "mpk", allowedOrigins: [], expiresAt: null });
  const byKey = await openLine(served.url, { auth: { apiKey: made.apiKey.key } });
  const key = await byKey.get("join-room", { roomId: room.roomId });
  expect(key).toMatchObject({ role: "speaker" });
  const login = await hostIn(room);
  await revokeKey(room.host.ctx, { id: made.id });
  expect(await heardBy(witness.line, "user-left")).toMatchObject({ participantId: key.participantId });
  await revokeLogin(room.host.ctx, { id: room.host.loginId });
  expect(await heardBy(witness.line, "user-left", 2)).toMatchObject({ participantId: login.joined.participantId });
});

test("a deploy is announced, and everybody is asked to come back at a moment of their own", async () => {
  const room = await aRoom();
  const [one, two] = [await inRoom(room), await inRoom(room)];
  announceDrain(served.io);
  const [first, second] = [await heardBy(one.line, "server-shutdown"), await heardBy(two.line, "server-shutdown")];
  for (const { reconnectInMs } of [first, second]) {
    expect(reconnectInMs).toBeGreaterThanOrEqual(0);
    expect(reconnectInMs).toBeLessThanOrEqual(5_000);
  }
  expect(first.reconnectInMs).not.toBe(second.reconnectInMs);
});
