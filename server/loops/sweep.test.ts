import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { deliveries, endpoints, events } from "@/lib/db/schema";
import { provide } from "@/lib/env";
import { aListener, allowLoopback, happen } from "@/lib/testing/webhooks";
import { currentSeal } from "@/lib/webhooks/secret";
import { startSweep } from "./sweep";

test("events are kept for ninety days, and their deliveries with them", async () => {
  allowLoopback();
  const listener = await aListener("http://localhost:9999/");
  const mine = eq(events.accountId, listener.accountId);
  await happen(listener, "long ago");
  await db().update(events).set({ createdAt: sql`clock_timestamp() - interval '91 days'` }).where(mine);
  await happen(listener, "a while ago");
  await db()
    .update(events)
    .set({ createdAt: sql`clock_timestamp() - interval '89 days'` })
    .where(sql`${mine} and ${events.createdAt} > clock_timestamp() - interval '1 day'`);

  const sweep = startSweep();
  await expect.poll(() => db().$count(events, mine), { timeout: 5_000 }).toBe(1);
  await sweep.stop();
  expect(await db().$count(deliveries, eq(deliveries.accountId, listener.accountId))).toBe(1);
});

test("secrets are sealed anew after the server's own was rotated, without anybody asking", async () => {
  allowLoopback();
  const { endpoint } = await aListener("http://localhost:9999/");
  const before = "a-secret-for-tests-and-for-nothing-else";
  provide({ JWT_SECRET: "the-secret-that-took-its-place-in-tests", JWT_SECRET_PREVIOUS: before });
  const isCurrent = async () => {
    const [row] = await db().select().from(endpoints).where(eq(endpoints.id, endpoint.id));
    return row?.secret.startsWith(currentSeal());
  };
  expect(await isCurrent()).toBe(false);
  const sweep = startSweep();
  await expect.poll(isCurrent, { timeout: 5_000 }).toBe(true);
  await sweep.stop();
});
