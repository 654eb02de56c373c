import { expect, test } from "vitest";
import { aMember, aPerson } from "@/lib/testing/people";
import { aRoom, subscribe } from "@/lib/testing/rooms";
import { days, earlier, later } from "@/lib/time";
import { closeRoom } from "./close";
import { openRoom } from "./open";
import { getRoom, listRooms } from "./queries";
import { ListRooms, OpenRoom } from "./schema";

const plain = OpenRoom.parse({ name: "Standup" });

test("of fifty rooms opened at once a plan of five lets exactly five through", async () => {
  const person = await aPerson();
  await subscribe(person.accountId, { maxRooms: 5 });
  const tries = await Promise.allSettled(Array.from({ length: 50 }, () => openRoom(person.ctx, plain)));
  const opened = tries.filter(({ status }) => status === "fulfilled");
  const refused = tries.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  expect(opened).toHaveLength(5);
  for (const reason of refused)
    expect(reason).toMatchObject({
      code: "plan_limit",
      message: "Room limit exceeded",
      extras: { flat: { limit: 5, current: 5 } },
    });
  expect((await listRooms(person.ctx, ListRooms.parse({}))).rooms).toHaveLength(5);
});

test("two who delete a room at once are both told that it is closed", async () => {
  const { host, roomId } = await aRoom();
  const both = await Promise.all([closeRoom(host.ctx, { id: roomId }), closeRoom(host.ctx, { id: roomId })]);
  expect(both.map(({ state }) => state)).toEqual(["closed", "closed"]);
});

test("deleting a room gives nothing back, and the next period does", async () => {
  const person = await aPerson();
  await subscribe(person.accountId, { maxRooms: 1 });
  const { id } = await openRoom(person.ctx, plain);
  await closeRoom(person.ctx, { id });
  await expect(openRoom(person.ctx, plain)).rejects.toMatchObject({ code: "plan_limit" });

  const now = later(person.ctx.now, days(31));
  await subscribe(
    person.accountId,
    { maxRooms: 1 },
    { start: later(person.ctx.now, days(30)), end: later(now, days(9)) },
  );
  await expect(openRoom({ ...person.ctx, now }, plain)).resolves.toMatchObject({ name: "Standup" });
});

test("without a subscription, or with one that is over, no room is opened", async () => {
  const person = await aPerson();
  const refusal = {
    code: "subscription_required",
    message: "Active subscription required",
    extras: { flat: { message: "Please subscribe to use the multimedia API features." } },
  };
  await expect(openRoom(person.ctx, plain)).rejects.toMatchObject(refusal);
  const { now } = person.ctx;
  await subscribe(person.accountId, {}, { start: earlier(now, days(31)), end: earlier(now, days(1)) });
  await expect(openRoom(person.ctx, plain)).rejects.toMatchObject(refusal);
});

test("a role that may not open rooms is refused, and another account's room is not there", async () => {
  const { host, roomId } = await aRoom();
  const bookkeeper = await aMember(host.accountId, "billing");
  await expect(openRoom(bookkeeper.ctx, plain)).rejects.toMatchObject({ code: "forbidden" });
  const stranger = await aPerson();
  await expect(getRoom(stranger.ctx, { id: roomId })).rejects.toMatchObject({ code: "not_found" });
  await expect(closeRoom(stranger.ctx, { id: roomId })).rejects.toMatchObject({ code: "not_found" });
});

test("a room says how many it holds: what the plan has, what was asked for, and never more than the mesh carries", async () => {
  const three = await aRoom({ maxParticipants: 3 }, { maxParticipants: 10 });
  const five = await aRoom({}, { maxParticipants: 5 });
  const many = await aRoom({}, { maxParticipants: 200 });
  const seats = async ({ host, roomId }: typeof many) => (await getRoom(host.ctx, { id: roomId })).maxParticipants;
  expect([await seats(three), await seats(five), await seats(many)]).toEqual([3, 5, 6]);
});
