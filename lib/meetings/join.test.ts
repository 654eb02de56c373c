import { and, eq, isNull } from "drizzle-orm";
import { afterEach, expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { meetings, participants, presence, roomEvents } from "@/lib/db/schema";
import { provide } from "@/lib/env";
import type { Id } from "@/lib/ids";
import { aMember, aPerson } from "@/lib/testing/people";
import { aGuest, aRoom, asking, enter, subscribe } from "@/lib/testing/rooms";
import { closeRoom } from "../rooms/close";
import { joinRoom } from "./join";
import { leaveRoom } from "./leave";
import { answerKnock, moderate } from "./moderate";
import { snapshotFor } from "./queries";
import { resumeRoom } from "./resume";

afterEach(() => {
  vi.unstubAllEnvs();
  provide({});
});

const inside = async (roomId: Id<"room">) =>
  (
    await db()
      .select()
      .from(participants)
      .where(and(eq(participants.roomId, roomId), eq(participants.state, "inside")))
  ).length;

/** What still runs in a room. */
async function openIn(roomId: Id<"room">) {
  const stretches = await db()
    .select()
    .from(presence)
    .innerJoin(participants, eq(participants.id, presence.participantId))
    .where(and(eq(participants.roomId, roomId), isNull(presence.untilAt)));
  const running = await db()
    .select()
    .from(meetings)
    .where(and(eq(meetings.roomId, roomId), isNull(meetings.endedAt)));
  return { meetings: running.length, presence: stretches.length };
}

const eventsOf = async (roomId: Id<"room">) =>
  (await db().select().from(roomEvents).where(eq(roomEvents.roomId, roomId)).orderBy(roomEvents.id)).map(
    ({ name, seq }) => ({ name, seq }),
  );

vi.setConfig({ testTimeout: 30_000 });

test("a hundred who come at once into ten seats are ten at every instant, and nobody once they left", async () => {
  vi.stubEnv("MESH_SEATS", "16");
  provide({});
  const room = await aRoom({}, { maxParticipants: 10 });
  const guests = await Promise.all(Array.from({ length: 100 }, () => aGuest(room)));
  const seen: number[] = [];
  let watching = true;
  const watch = (async () => {
    while (watching) seen.push(await inside(room.roomId));
  })();
  const tries = await Promise.allSettled(guests.map(({ ctx }) => enter(ctx, room.roomId)));
  watching = false;
  await watch;

  const places = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  expect(places).toHaveLength(10);
  expect(Math.max(...seen)).toBeLessThanOrEqual(10);
  for (const one of tries)
    if (one.status === "rejected")
      expect(one.reason).toMatchObject({
        code: "room_full",
        extras: { details: { limit: 10, reason: "plan" } },
      });
  const order = (await eventsOf(room.roomId)).map(({ seq }) => seq);
  expect(order).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  await Promise.all(places.map((place) => leaveRoom(room.host.ctx, place)));
  expect(await inside(room.roomId)).toBe(0);
  expect(await openIn(room.roomId)).toEqual({ meetings: 0, presence: 0 });
});

test("a door has room for so many, and whoever comes when somebody went is heard again", async () => {
  const room = await aRoom({ waitingRoom: true });
  const guests = await Promise.all(Array.from({ length: 52 }, () => aGuest(room)));
  const tries = await Promise.allSettled(guests.map(({ ctx }) => joinRoom(ctx, asking(room.roomId))));
  const waiting = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  expect(waiting).toHaveLength(50);
  for (const one of tries) if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "rate_limited" });
  const late = guests[tries.findIndex(({ status }) => status === "rejected")];
  const [first] = waiting;
  if (!late || !first) throw new Error("Nobody was left outside");
  await leaveRoom(room.host.ctx, first);
  expect(await joinRoom(late.ctx, asking(room.roomId))).toMatchObject({ outcome: "waiting" });
});

test("the seventh hears that the mesh is what is full", async () => {
  const room = await aRoom();
  for (let count = 0; count < 6; count += 1) await enter((await aGuest(room)).ctx, room.roomId);
  await expect(enter((await aGuest(room)).ctx, room.roomId)).rejects.toMatchObject({
    code: "room_full",
    extras: { details: { limit: 6, reason: "mesh" } },
  });
  // Whoever failed to come in takes nothing away when they go.
  expect(await inside(room.roomId)).toBe(6);
});

test("a stranger, a key of another account, and a token to another room find no room", async () => {
  const room = await aRoom();
  const other = await aRoom();
  await expect(enter((await aPerson()).ctx, room.roomId)).rejects.toMatchObject({ code: "not_found" });
  await expect(enter(other.host.ctx, room.roomId)).rejects.toMatchObject({ code: "not_found" });
  await expect(enter((await aGuest(other)).ctx, room.roomId)).rejects.toMatchObject({ code: "forbidden" });
  const bookkeeper = await aMember(room.host.accountId, "billing");
  await expect(enter(bookkeeper.ctx, room.roomId)).rejects.toMatchObject({ code: "forbidden" });
});

test("newcomers make the first offer and give way; those who were there do neither", async () => {
  const room = await aRoom();
  const host = await enter(room.host.ctx, room.roomId);
  const guest = await enter((await aGuest(room)).ctx, room.roomId);
  const [seenByGuest] = (await snapshotFor(room.host.ctx, guest)).participants;
  const [seenByHost] = (await snapshotFor(room.host.ctx, host)).participants;
  expect(seenByGuest).toMatchObject({ id: host.participantId, role: "host", offerer: true, polite: true });
  expect(seenByHost).toMatchObject({ id: guest.participantId, role: "speaker", offerer: false, polite: false });
});

test("the same person again takes over the one place they have; a host is asked before", async () => {
  const room = await aRoom();
  const member = await aMember(room.host.accountId, "member");
  const subject = await aGuest(room, { subject: "dana" });
  const again = await aGuest(room, { subject: "dana" });
  const first = await enter(subject.ctx, room.roomId);
  const second = await enter(again.ctx, room.roomId);
  expect(second).toMatchObject({ participantId: first.participantId, epoch: 2 });
  expect(await inside(room.roomId)).toBe(1);

  const place = await enter(member.ctx, room.roomId, { deviceId: "laptop-one" });
  await expect(enter(member.ctx, room.roomId, { deviceId: "phone-two" })).rejects.toMatchObject({
    code: "already_in_room",
    extras: { details: { movable: true } },
  });
  const reloaded = await enter(member.ctx, room.roomId, { deviceId: "laptop-one" });
  const moved = await enter(member.ctx, room.roomId, { deviceId: "phone-two", move: true });
  expect([reloaded.participantId, moved.participantId]).toEqual([place.participantId, place.participantId]);
  // The line that lost its place cannot give it up for the one that has it.
  await leaveRoom(member.ctx, place);
  expect(await inside(room.roomId)).toBe(2);
});

test("a secret to come back works once, for its own holder alone, and stops with the key or login", async () => {
  const room = await aRoom();
  const guest = await aGuest(room);
  const place = await enter(guest.ctx, room.roomId);
  const { roomId, participantId, resumeToken } = place;
  const back = { roomId, participantId, resumeToken, lastSeq: 0 };
  await expect(resumeRoom((await aGuest(room)).ctx, back)).rejects.toMatchObject({ code: "expired" });
  const returned = await resumeRoom(guest.ctx, back);
  expect(returned).toMatchObject({ participantId, epoch: 2 });
  await expect(resumeRoom(guest.ctx, back)).rejects.toMatchObject({ code: "expired" });
  await leaveRoom(guest.ctx, returned);
  await expect(resumeRoom(guest.ctx, { ...back, resumeToken: returned.resumeToken })).rejects.toMatchObject({
    code: "expired",
  });
});

test("a reload finds the door as it left it, and nobody else does", async () => {
  const room = await aRoom();
  const host = await enter(room.host.ctx, room.roomId);
  const guest = await aGuest(room);
  const tab = { deviceId: "laptop-one" };
  const reload = async (more: object = tab) => {
    await leaveRoom(guest.ctx, await enter(guest.ctx, room.roomId, tab));
    return joinRoom(guest.ctx, asking(room.roomId, more));
  };
  const place = await enter(guest.ctx, room.roomId, tab);
  await moderate(room.host.ctx, { line: host, act: { action: "lock" } });
  await leaveRoom(guest.ctx, place);
  expect(await reload()).toMatchObject({ outcome: "inside" });
  await expect(reload({ deviceId: "phone-two" })).rejects.toMatchObject({ code: "room_locked" });
  await expect(reload({})).rejects.toMatchObject({ code: "room_locked" });

  await moderate(room.host.ctx, { line: host, act: { action: "unlock" } });
  await moderate(room.host.ctx, { line: host, act: { action: "open-waiting-room" } });
  const back = await reload();
  expect(back).toMatchObject({ outcome: "inside" });
  const stranger = await aGuest(room);
  const knocked = await joinRoom(stranger.ctx, asking(room.roomId, tab));
  await leaveRoom(stranger.ctx, knocked);
  expect(await joinRoom(stranger.ctx, asking(room.roomId, tab))).toMatchObject({ outcome: "waiting" });

  await moderate(room.host.ctx, { line: host, act: { action: "kick", participantId: back.participantId } });
  expect(await joinRoom(guest.ctx, asking(room.roomId, tab))).toMatchObject({ outcome: "waiting" });
});

test("a locked room lets in hosts alone; a waiting room has guests wait until somebody opens", async () => {
  const room = await aRoom({ waitingRoom: true });
  const host = await enter(room.host.ctx, room.roomId);
  const guest = await aGuest(room, { name: "Mika" });
  const waiting = await joinRoom(guest.ctx, asking(room.roomId));
  expect(waiting.outcome).toBe("waiting");
  expect((await snapshotFor(room.host.ctx, host)).knocks).toMatchObject([
    { knockId: waiting.participantId, name: "Mika" },
  ]);
  expect(await inside(room.roomId)).toBe(1);

  const knock = { line: host, knockId: waiting.participantId };
  const answers = await Promise.allSettled([1, 2].map(() => answerKnock(room.host.ctx, { ...knock, admitted: true })));
  expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const place = await enter(guest.ctx, room.roomId);
  expect(place.participantId).toBe(waiting.participantId);
  await expect(
    answerKnock(guest.ctx, { line: place, knockId: place.participantId, admitted: true }),
  ).rejects.toMatchObject({ code: "forbidden" });

  await moderate(room.host.ctx, { line: host, act: { action: "lock" } });
  await expect(enter((await aGuest(room)).ctx, room.roomId)).rejects.toMatchObject({ code: "room_locked" });
  await expect(enter((await aGuest(room, { role: "moderator" })).ctx, room.roomId)).resolves.toBeTruthy();
});

test("who was banned stays out; who was only removed may come again; nobody removes a host", async () => {
  const room = await aRoom();
  const host = await enter(room.host.ctx, room.roomId);
  const guest = await aGuest(room, { role: "moderator" });
  const { participantId } = await enter(guest.ctx, room.roomId);
  const line = { ...host };
  await expect(
    moderate(guest.ctx, {
      line: { ...line, participantId },
      act: { action: "kick", participantId: host.participantId },
    }),
  ).rejects.toMatchObject({ code: "forbidden" });
  await moderate(room.host.ctx, { line, act: { action: "kick", participantId } });
  const again = await enter(guest.ctx, room.roomId);
  await moderate(room.host.ctx, { line, act: { action: "ban", participantId: again.participantId } });
  await expect(enter(guest.ctx, room.roomId)).rejects.toMatchObject({ code: "banned" });
});

test("a room that is closed lets everybody go and says so; what comes after finds none", async () => {
  const room = await aRoom();
  const place = await enter((await aGuest(room)).ctx, room.roomId);
  await closeRoom(room.host.ctx, { id: room.roomId });
  await closeRoom(room.host.ctx, { id: room.roomId });
  expect((await eventsOf(room.roomId)).map(({ name }) => name)).toEqual(["user-joined", "room-ended", "user-left"]);
  await leaveRoom(room.host.ctx, place);
  expect(await openIn(room.roomId)).toEqual({ meetings: 0, presence: 0 });
  await expect(enter((await aPerson()).ctx, room.roomId)).rejects.toMatchObject({ code: "not_found" });
});

test("no call begins without a subscription, and one that runs takes people in to its end", async () => {
  const room = await aRoom();
  const gone = { start: new Date("2020-01-01"), end: new Date("2020-02-01") };
  await enter((await aGuest(room)).ctx, room.roomId);
  await subscribe(room.host.accountId, {}, gone);
  const late = await enter((await aGuest(room)).ctx, room.roomId);
  await leaveRoom(room.host.ctx, late);
  const other = await aRoom();
  await subscribe(other.host.accountId, {}, gone);
  await expect(enter(other.host.ctx, other.roomId)).rejects.toMatchObject({ code: "subscription_required" });
});
