import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Ctx, RoomActor } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { meetings, participants, presence, roomEvents } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { openRoom } from "@/lib/rooms/open";
import { listMeetings } from "@/lib/rooms/queries";
import { ListMeetings, OpenRoom } from "@/lib/rooms/schema";
import { aMovableClock, type MovableClock } from "@/lib/testing/clock";
import { systemCtx } from "@/lib/testing/money";
import { aGuest, aRoom, enter, type Hosted, subscribe } from "@/lib/testing/rooms";
import { days, later } from "@/lib/time";
import { getUsage } from "@/lib/usage/queries";
import { noteAlive } from "./alive";
import { dropLine, leaveRoom } from "./leave";
import { resumeRoom } from "./resume";
import type { Place } from "./schema";
import { sweepGhosts } from "./sweep";
import { turnMeetingsOver } from "./turn-over";
import { GRACE_MS, watchMinutes } from "./watch";

vi.setConfig({ testTimeout: 60_000 });

let clock: MovableClock;
beforeAll(async () => {
  clock = await aMovableClock();
});
afterAll(() => clock.release());

const sweep = () => sweepGhosts(systemCtx(), { keepsPlaces: false });

/** Time in which everybody who is named goes on being heard of, every ten seconds. */
async function talk(seconds: number, ...people: Place[]): Promise<void> {
  for (let left = seconds; left > 0; left -= 10) {
    await clock.move(Math.min(10, left));
    await noteAlive(
      systemCtx(),
      people.map(({ participantId }) => participantId),
    );
    await sweep();
  }
}

async function someone(room: Hosted) {
  const { ctx } = await aGuest(room);
  return { ctx, place: await enter(ctx, room.roomId) };
}

const comeBack = ({ ctx, place }: { ctx: Ctx<RoomActor>; place: Place }) =>
  resumeRoom(ctx, {
    roomId: place.roomId,
    participantId: place.participantId,
    resumeToken: place.resumeToken,
    lastSeq: 0,
  });

const heard = async (roomId: Id<"room">, name: string) =>
  (await db().select().from(roomEvents).where(eq(roomEvents.roomId, roomId)).orderBy(roomEvents.id)).filter(
    (event) => event.name === name,
  );

test("the minutes of a call with pauses, returns and a crash are the ones that a hand counts", async () => {
  const room = await aRoom();
  const noor = await someone(room);
  await talk(60, noor.place); // alone: no room time; 60 s of one person

  const dana = await someone(room);
  await talk(90, noor.place, dana.place); // both: 90

  // A pause: Dana leaves for good and comes again.
  await leaveRoom(dana.ctx, dana.place);
  await talk(45, noor.place);
  const again = await someone(room);
  await talk(30, noor.place, again.place); // both: 120

  // A short loss: back within twenty seconds, which goes on as if nothing had been.
  await dropLine(again.ctx, { ...again.place, heardToTheEnd: true });
  await talk(15, noor.place);
  again.place = await comeBack(again);
  await talk(20, noor.place, again.place); // both: 155

  // A long loss: the stretch ends where the line broke, and the place is given up.
  await dropLine(again.ctx, { ...again.place, heardToTheEnd: true });
  await talk(40, noor.place);
  await expect(comeBack(again)).rejects.toMatchObject({ code: "expired" });
  const third = await someone(room);
  await talk(70, noor.place, third.place); // both: 225

  // A crash: nobody says a word for a minute, so the call ended at the last sign of life of each.
  await clock.move(60);
  await sweep();

  // Somebody looks in for less than a second: nobody's visit.
  const glance = await someone(room);
  await clock.move(0.5);
  await leaveRoom(glance.ctx, glance.place);

  const usage = await getUsage(room.host.ctx);
  expect(usage.usage).toEqual({
    currentMonthMinutes: 3, // 225 s
    currentMonthRooms: 1,
    // Noor 60+90+45+30+15+20+40+70 = 370, Dana 90, again 30+15+20 = 65, the third 70: 595 s
    participantMinutes: 9,
    runningCalls: 0,
  });
  const kept = await db().select().from(meetings).where(eq(meetings.roomId, room.roomId)).orderBy(meetings.id);
  expect(kept.map(({ roomMs, participantMs, mostAtOnce }) => ({ roomMs, participantMs, mostAtOnce }))).toEqual([
    { roomMs: 225_000, participantMs: 595_000, mostAtOnce: 2 },
    { roomMs: 0, participantMs: 0, mostAtOnce: 0 },
  ]);
});

test("the usage is true while the call runs, to the last sign of life", async () => {
  const room = await aRoom();
  const [one, other] = [await someone(room), await someone(room)];
  await talk(120, one.place, other.place);
  await clock.move(9);
  expect((await getUsage(room.host.ctx)).usage).toMatchObject({
    currentMonthMinutes: 2,
    participantMinutes: 4,
    runningCalls: 1,
  });
  const { meetings: shown } = await listMeetings(room.host.ctx, { id: room.roomId, ...ListMeetings.parse({}) });
  expect(shown).toMatchObject([{ endedAt: null, roomSeconds: 120, participantSeconds: 240, mostAtOnce: 2 }]);
  await leaveRoom(one.ctx, one.place);
  await leaveRoom(other.ctx, other.place);
});

test("a line that died without a word is closed at its last sign of life, told after a while, and then given up", async () => {
  const room = await aRoom();
  const [alive, dead] = [await someone(room), await someone(room)];
  await talk(30, alive.place, dead.place);
  await talk(30, alive.place);
  expect(await heard(room.roomId, "user-reconnecting")).toHaveLength(0);
  const [left] = await heard(room.roomId, "user-left");
  expect(left?.body).toMatchObject({ participantId: dead.place.participantId, reason: "lost" });
  const [stretch] = await db().select().from(presence).where(eq(presence.participantId, dead.place.participantId));
  const [row] = await db().select().from(participants).where(eq(participants.id, dead.place.participantId));
  expect(stretch?.untilAt).toEqual(row?.seenAt);

  await dropLine(alive.ctx, { ...alive.place, heardToTheEnd: true });
  await clock.move(6);
  await sweep();
  await sweep();
  expect(await heard(room.roomId, "user-reconnecting")).toHaveLength(1);
  // After a start everybody has time to find the way back.
  await clock.move(60);
  await sweepGhosts(systemCtx(), { keepsPlaces: true });
  expect(await heard(room.roomId, "user-left")).toHaveLength(1);
  await expect(comeBack(alive)).resolves.toMatchObject({ epoch: 2 });
});

test("at 80 percent the call is told, at 100 it gets a last while, and then it ends; no new one begins", async () => {
  const room = await aRoom({}, { maxMinutes: 10 });
  const [one, other] = [await someone(room), await someone(room)];
  await talk(470, one.place, other.place);
  await watchMinutes(systemCtx());
  expect(await heard(room.roomId, "limit-warning")).toEqual([]);
  await talk(20, one.place, other.place);
  await watchMinutes(systemCtx());
  await watchMinutes(systemCtx());
  const warned = async () => (await heard(room.roomId, "limit-warning")).map(({ body }) => body);
  expect(await warned()).toEqual([{ kind: "minutes", percent: 80, remainingMinutes: 2 }]);

  await talk(120, one.place, other.place);
  await Promise.all([watchMinutes(systemCtx()), watchMinutes(systemCtx())]);
  expect((await warned()).slice(1)).toEqual([
    { kind: "minutes", percent: 100, remainingMinutes: 0, endsInMs: GRACE_MS },
  ]);
  const late = await someone(room);
  const elsewhere = await openRoom(room.host.ctx, OpenRoom.parse({}));
  await expect(enter(room.host.ctx, elsewhere.id)).rejects.toMatchObject({
    code: "plan_limit",
    extras: { flat: { limit: 10, current: 10 } },
  });

  await talk(GRACE_MS / 1_000 + 10, one.place, other.place, late.place);
  await watchMinutes(systemCtx());
  const [ended] = await heard(room.roomId, "room-ended");
  expect(ended?.body).toMatchObject({ reason: "plan_limit" });
  expect((await getUsage(room.host.ctx)).usage).toMatchObject({ currentMonthMinutes: 20, runningCalls: 0 });
  await expect(enter(room.host.ctx, room.roomId)).rejects.toMatchObject({ code: "plan_limit" });
});

test("a larger plan lets a call go on that was about to end", async () => {
  const room = await aRoom({}, { maxMinutes: 1 });
  const [one, other] = [await someone(room), await someone(room)];
  await talk(70, one.place, other.place);
  await watchMinutes(systemCtx());
  await subscribe(room.host.accountId, { maxMinutes: 1_000 });
  await watchMinutes(systemCtx());
  await talk(GRACE_MS / 1_000 + 10, one.place, other.place);
  await watchMinutes(systemCtx());
  expect(await heard(room.roomId, "room-ended")).toEqual([]);
});

test("a call that goes on into the next period counts in both, each its own part", async () => {
  const room = await aRoom();
  const [one, other] = [await someone(room), await someone(room)];
  await talk(120, one.place, other.place);
  const { now } = room.host.ctx;
  const next = { start: later(now, days(29)), end: later(now, days(59)) };
  await subscribe(room.host.accountId, {}, next);
  const inNext = { ...systemCtx(), now: later(now, days(30)) };
  await turnMeetingsOver(inNext);
  await turnMeetingsOver(inNext);
  await talk(60, one.place, other.place);
  expect((await getUsage({ ...room.host.ctx, now: inNext.now })).usage).toMatchObject({
    currentMonthMinutes: 1,
    participantMinutes: 2,
  });
  const kept = await db().select().from(meetings).where(eq(meetings.roomId, room.roomId)).orderBy(meetings.id);
  expect(kept.map(({ roomMs, endedAt }) => [roomMs, endedAt === null])).toEqual([
    [120_000, false],
    [0, true],
  ]);
});
