import { and, eq, ne } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createTeam } from "@/lib/accounts/create-team";
import { removeMember } from "@/lib/accounts/remove-member";
import { switchAccount } from "@/lib/accounts/switch";
import { db } from "@/lib/db/client";
import { participants } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { openRoom } from "@/lib/rooms/open";
import { OpenRoom } from "@/lib/rooms/schema";
import { aMember } from "@/lib/testing/people";
import { aGuest, aRoom } from "@/lib/testing/rooms";
import { heardBy, openLine, until } from "../testing/room-line";
import { type Served, serveWithLoops } from "../testing/serve";

vi.setConfig({ testTimeout: 30_000 });

let served: Served;
beforeAll(async () => {
  served = await serveWithLoops();
});
afterAll(() => served.close());

const inside = async (roomId: Id<"room">): Promise<string[]> =>
  (
    await db()
      .select({ id: participants.id })
      .from(participants)
      .where(and(eq(participants.roomId, roomId), ne(participants.state, "left")))
  ).map(({ id }) => id);

test("a line that asks twice at once to come in stands there once", async () => {
  const room = await aRoom();
  const line = await openLine(served.url, { auth: { apiKey: room.host.apiKey } });
  const [first, second] = await Promise.all([
    line.get("join-room", { roomId: room.roomId }),
    line.get("join-room", { roomId: room.roomId }),
  ]);
  expect(second.participantId).toBe(first.participantId);
  expect(await inside(room.roomId)).toEqual([first.participantId]);
});

test("a line that asks into two rooms at once is in the first alone", async () => {
  const room = await aRoom();
  const { id: other } = await openRoom(room.host.ctx, OpenRoom.parse({}));
  const line = await openLine(served.url, { auth: { apiKey: room.host.apiKey } });
  const [first, second] = await Promise.all([
    line.ask("join-room", { roomId: room.roomId }),
    line.ask("join-room", { roomId: other }),
  ]);
  expect(first).toMatchObject({ ok: true });
  expect(second).toMatchObject({ ok: false, error: { code: "already_in_room" } });
  expect(await inside(other)).toEqual([]);
});

test("a line that leaves before it is in is out", async () => {
  const room = await aRoom();
  const { token } = await aGuest(room);
  const line = await openLine(served.url, { auth: { token } });
  const [joined] = await Promise.all([line.ask("join-room", { roomId: room.roomId }), line.ask("leave-room", {})]);
  expect(joined).toMatchObject({ ok: true });
  expect(await inside(room.roomId)).toEqual([]);
  expect(await line.ask("offer", { sdp: "v=0" })).toMatchObject({ ok: false, error: { code: "not_in_room" } });
});

test("a secret to come back by that is shown twice at once brings one line back", async () => {
  const room = await aRoom();
  const { token } = await aGuest(room);
  const [before, one, other] = await Promise.all([0, 1, 2].map(() => openLine(served.url, { auth: { token } })));
  if (!before || !one || !other) throw new Error("No lines");
  const { participantId, resumeToken } = await before.get("join-room", { roomId: room.roomId });
  const holder = { roomId: room.roomId, participantId, resumeToken };
  const answers = await Promise.all([one.ask("resume-room", holder), other.ask("resume-room", holder)]);
  expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
  expect(await inside(room.roomId)).toEqual([participantId]);
});

test("coming back twice over one line, as after an answer that was late, changes nothing the second time", async () => {
  const room = await aRoom();
  const { token } = await aGuest(room);
  const [before, line] = await Promise.all([0, 1].map(() => openLine(served.url, { auth: { token } })));
  if (!before || !line) throw new Error("No lines");
  const { participantId, resumeToken } = await before.get("join-room", { roomId: room.roomId });
  const holder = { roomId: room.roomId, participantId, resumeToken };
  const first = await line.get("resume-room", holder);
  const second = await line.get("resume-room", holder);
  expect(second).toMatchObject({ participantId, epoch: first.epoch, resumeToken: first.resumeToken });
  const { id: other } = await openRoom(room.host.ctx, OpenRoom.parse({}));
  expect(await line.ask("resume-room", { ...holder, roomId: other })).toMatchObject({
    error: { code: "already_in_room" },
  });
});

test("a person who acts for another account meanwhile stays in the call, and leaves no place behind", async () => {
  const room = await aRoom();
  const { host, roomId } = room;
  const member = await aMember(host.accountId, "member");
  const line = await openLine(served.url, { auth: { token: member.token } });
  const { participantId } = await line.get("join-room", { roomId });
  const { id: team } = await createTeam(member.ctx, { name: "Reading room" });
  await switchAccount(member.ctx, { accountId: team });
  await heardBy(line, "account:changed");
  await line.get("chat-message", { text: "Still here", clientId: "1" });
  expect(await inside(roomId)).toEqual([participantId]);
  await line.get("leave-room", {});
  expect(await inside(roomId)).toEqual([]);
});

test("whoever is no member any more is put out of the call, whichever account they act for now", async () => {
  const room = await aRoom();
  const { host, roomId } = room;
  const member = await aMember(host.accountId, "member");
  const line = await openLine(served.url, { auth: { token: member.token } });
  await line.get("join-room", { roomId });
  const { id: team } = await createTeam(member.ctx, { name: "Reading room" });
  await switchAccount(member.ctx, { accountId: team });
  await removeMember(host.ctx, { userId: member.userId });
  expect(await heardBy(line, "kicked")).toMatchObject({ roomId });
  await until(async () => expect(await inside(roomId)).toEqual([]));
  expect(await line.ask("chat-message", { text: "Still here", clientId: "1" })).toMatchObject({
    error: { code: "not_in_room" },
  });
});

const described = (direction: string) =>
  `v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n${direction}\r\n`;

test("whoever came to listen offers nothing, however the description says it", async () => {
  const room = await aRoom();
  const [host, guest] = await Promise.all(
    [{ apiKey: room.host.apiKey }, { token: (await aGuest(room, { role: "listener" })).token }].map((auth) =>
      openLine(served.url, { auth }),
    ),
  );
  if (!host || !guest) throw new Error("No lines");
  await host.get("join-room", { roomId: room.roomId });
  await guest.get("join-room", { roomId: room.roomId });
  for (const lie of [
    "a=sendrecv",
    "a=sendonly",
    "a=x",
    "a=recvonly\r\na=sendrecv",
    "a=sendrecv\r\na=recvonly",
    "a=recvonly\ra=sendonly",
    "a=inactive\na=sendonly",
    "a=recvonly\r\na=sendrecv now",
    "a=x\ra=recvonly",
    "a=x\u2028a=recvonly",
  ])
    for (const name of ["offer", "answer"] as const)
      expect(await guest.ask(name, { sdp: described(lie) }), lie).toMatchObject({ error: { code: "forbidden" } });
  await guest.get("offer", { sdp: described("a=recvonly") });
  expect(await heardBy(host, "offer")).toMatchObject({ sdp: described("a=recvonly") });
  expect(await guest.ask("caption", { text: "Listen to me", final: true })).toMatchObject({
    error: { code: "forbidden" },
  });
  await until(() => expect(host.of("caption")).toEqual([]));
});
