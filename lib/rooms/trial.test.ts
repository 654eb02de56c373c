import { eq } from "drizzle-orm";
import { beforeEach, expect, test, vi } from "vitest";
import { SANDBOX_ACCOUNT } from "@/lib/accounts/sandbox";
import type { Ctx, GuestActor } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { rooms } from "@/lib/db/schema";
import { provide } from "@/lib/env";
import { iceServersFor } from "@/lib/media/turn";
import { systemCtx } from "@/lib/testing/money";
import { aPerson, guestCtx } from "@/lib/testing/people";
import { enter, passCtx, subscribe } from "@/lib/testing/rooms";
import { later, minutes } from "@/lib/time";
import { closeSandboxes } from "./sandbox";
import { openTrial, trialDoor } from "./trial";

const allow = (count: number): void => {
  vi.stubEnv("SANDBOX_ROOMS", String(count));
  provide({});
};
beforeEach(async () => {
  allow(1_000);
  await closeSandboxes(systemCtx(later(new Date(), minutes(11))));
});

let networks = 0;
const stranger = (): Ctx<GuestActor> => {
  networks += 1;
  return { ...guestCtx(), origin: { ...guestCtx().origin, ip: `192.0.2.${networks}` } };
};

test("a stranger gets a room of the house for two, without a relay", async () => {
  vi.stubEnv("TURN_URLS", "turn:relay.example:3478");
  vi.stubEnv("TURN_SECRET", "shared");
  provide({});
  expect(await trialDoor(stranger())).toBe("sandbox");
  const { roomId, tokens } = await openTrial(stranger());
  const places = await Promise.all(tokens.map(async (token) => enter(await passCtx(token), roomId)));
  expect(places.map(({ name, role, accountId }) => ({ name, role, accountId }))).toEqual(
    ["Noor", "Dana"].map((name) => ({ name, role: "speaker", accountId: SANDBOX_ACCOUNT })),
  );
  for (const place of places) expect(iceServersFor(place, Date.now()).iceServers).toEqual([]);
  const [place] = places;
  if (!place) throw new Error("Nobody came in");
  const { accountId } = await aPerson();
  expect(iceServersFor({ ...place, accountId }, Date.now()).iceServers).toHaveLength(1);
});

test("the same address gets as many an hour as the operator allows, and another one its own", async () => {
  allow(2);
  const here = stranger();
  await openTrial(here);
  await openTrial(here);
  await expect(openTrial(here)).rejects.toMatchObject({ code: "rate_limited" });
  await openTrial(stranger());
});

test("there are never more than forty at once, however many ask", async () => {
  const asked = await Promise.allSettled(Array.from({ length: 50 }, () => openTrial(stranger())));
  expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(40);
  for (const answer of asked)
    if (answer.status === "rejected") expect(answer.reason).toMatchObject({ code: "unavailable" });
});

test("it ends by itself after ten minutes, and not before", async () => {
  const { roomId, tokens } = await openTrial(stranger());
  const stateOf = async () => (await db().select().from(rooms).where(eq(rooms.id, roomId)))[0]?.closedAt;
  await closeSandboxes(systemCtx(later(new Date(), minutes(9))));
  expect(await stateOf()).toBeNull();
  await closeSandboxes(systemCtx(later(new Date(), minutes(10))));
  expect(await stateOf()).toBeInstanceOf(Date);
  await expect(enter(await passCtx(tokens[0] ?? ""), roomId)).rejects.toMatchObject({ code: "not_found" });
});

test("an account with a plan uses one room of its own, however often it tries", async () => {
  const who = await aPerson();
  await subscribe(who.accountId, { maxRooms: 1 });
  expect(await trialDoor(who.ctx)).toBe("plan");
  const [first, second] = [await openTrial(who.ctx), await openTrial(who.ctx)];
  expect(second.roomId).toBe(first.roomId);
  expect(await db().$count(rooms, eq(rooms.accountId, who.accountId))).toBe(1);
  expect(first.endsAt).toBeNull();
  await enter(await passCtx(first.tokens[1] ?? ""), first.roomId);
});

test("where the operator has no sandbox, a stranger signs in and an account takes up a plan", async () => {
  allow(0);
  const who = await aPerson();
  expect([await trialDoor(stranger()), await trialDoor(who.ctx)]).toEqual(["sign-in", "no-plan"]);
  await expect(openTrial(stranger())).rejects.toMatchObject({ code: "unauthenticated" });
  await expect(openTrial(who.ctx)).rejects.toMatchObject({ code: "subscription_required" });
});
