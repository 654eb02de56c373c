import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { events, outbox, rooms } from "@/lib/db/schema";
import { log } from "@/lib/log";
import { aPerson, type Person } from "@/lib/testing/people";
import { aShop, aSubscriber } from "@/lib/testing/plans";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { allowLoopback, anEndpoint } from "@/lib/testing/webhooks";
import { getUsage } from "@/lib/usage/queries";
import { openRoom } from "./open";
import { OpenRoom } from "./schema";

let house: TestStripe;
beforeAll(async () => {
  log().level = "silent";
  house = await aStripe();
});
afterAll(() => house.stop());
beforeEach(() => aShop(house));

const open = (who: Person) => openRoom(who.ctx, OpenRoom.parse({}));

test("of fifty rooms at once on a plan of five, five are opened and the others are told why not", async () => {
  const who = await aPerson();
  await aSubscriber(house, who);
  const answers = await Promise.allSettled(Array.from({ length: 50 }, () => open(who)));
  expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
  for (const answer of answers)
    if (answer.status === "rejected")
      expect(answer.reason).toMatchObject({
        ...{ code: "plan_limit", message: "Room limit exceeded" },
        extras: { flat: { limit: 5, current: 5 } },
      });
  expect(await db().$count(rooms, eq(rooms.accountId, who.accountId))).toBe(5);
});

test("at 80 and at 100 percent the account is told once each, by mail, by an event and on the screen", async () => {
  const who = await aPerson();
  await aSubscriber(house, who);
  allowLoopback();
  await anEndpoint(who.ctx, "http://127.0.0.1:8080/");
  for (let opened = 0; opened < 3; opened += 1) await open(who);
  expect((await getUsage(who.ctx)).notices).toEqual([]);
  await open(who);
  expect((await getUsage(who.ctx)).notices).toMatchObject([{ meter: "rooms", percent: 80, used: 4, limit: 5 }]);
  await open(who);
  expect((await getUsage(who.ctx)).notices).toMatchObject([{ meter: "rooms", percent: 100, used: 5, limit: 5 }]);
  await expect(open(who)).rejects.toMatchObject({ code: "plan_limit" });

  const mails = await db()
    .select({ template: sql<string>`${outbox.payload} ->> 'template'` })
    .from(outbox)
    .where(and(sql`${outbox.payload} ->> 'to' = ${who.email}`, sql`${outbox.payload} ->> 'template' like 'quota%'`))
    .orderBy(outbox.id);
  expect(mails.map(({ template }) => template)).toEqual(["quota_warning", "quota_reached"]);
  const told = await db().select({ type: events.type }).from(events).where(eq(events.accountId, who.accountId));
  expect(
    told
      .map(({ type }) => type)
      .filter((type) => type.startsWith("billing.quota"))
      .sort(),
  ).toEqual(["billing.quota.exceeded", "billing.quota.warning"]);
});
