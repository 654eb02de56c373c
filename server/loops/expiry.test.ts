import { desc, eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { businessNow, setClockOffset } from "@/lib/clock";
import { db } from "@/lib/db/client";
import { clock, entries, transfers } from "@/lib/db/schema";
import { grantCredits, potsOf } from "@/lib/testing/money";
import { anOwner } from "@/lib/testing/teams";
import { days, later } from "@/lib/time";
import { conduct } from "@/lib/time-machine/conductor";
import { removeSource } from "@/lib/time-machine/sources";
import { offerExpiry } from "./expiry";

beforeEach(async () => {
  setClockOffset(0);
  await db().delete(clock);
});
afterEach(() => {
  removeSource("Credits that run out");
  setClockOffset(0);
});

test("when the clock is moved a month, lots run out on the way, each at its own instant", async () => {
  const who = await anOwner();
  const ends = [9, 3, 20].map((count) => later(who.ctx.now, days(count)));
  for (const expiresAt of ends) await grantCredits(who, 10, { expiresAt });
  await grantCredits(who, 10, { expiresAt: later(who.ctx.now, days(40)) });
  offerExpiry();
  await conduct(who.ctx, { by: "+1 month" });

  expect(await potsOf(who.accountId)).toMatchObject({ credits: 10 });
  const posted = await db()
    .select({ kind: transfers.kind, at: transfers.effectiveAt, left: entries.balanceAfter })
    .from(entries)
    .innerJoin(transfers, eq(transfers.id, entries.transferId))
    .where(eq(entries.accountId, who.accountId))
    .orderBy(desc(entries.potVersion))
    .limit(3);
  expect(posted.reverse()).toEqual([
    { kind: "credits.expired", at: ends[1], left: 30 },
    { kind: "credits.expired", at: ends[0], left: 20 },
    { kind: "credits.expired", at: ends[2], left: 10 },
  ]);
  expect(businessNow().getTime()).toBeGreaterThan(later(who.ctx.now, days(27)).getTime());
});
