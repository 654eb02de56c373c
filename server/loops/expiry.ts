import { businessNow } from "@/lib/clock";
import type { Ctx, SystemActor } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { newId } from "@/lib/ids";
import { expireHolds } from "@/lib/ledger/expire-holds";
import { expireLots, nextExpiry } from "@/lib/ledger/expire-lots";
import { seconds } from "@/lib/time";
import { addSource } from "@/lib/time-machine/sources";
import { every, type Loop } from "./every";

const POLL_MS = seconds(5);
const BATCH = 100;

/** Takes what ran out out of the books, and gives back the holds that nobody closed. Two who do it at once do it once. */
export const startExpiry = (): Loop =>
  every("expiry", POLL_MS, async () => {
    await expireLotsUntil(businessNow());
    while ((await expireHolds(system(), { most: BATCH })) === BATCH);
  });

/** Has the time machine stop where lots run out. Every process may do that work, so every one offers it. */
export const offerExpiry = (): void =>
  addSource({ name: "Credits that run out", nextDueAt: () => nextExpiry(system()), drain: expireLotsUntil });

async function expireLotsUntil(until: Date): Promise<void> {
  while ((await expireLots(system(), { until, most: BATCH })) === BATCH);
}

const system = (): Ctx<SystemActor> => ({
  actor: { kind: "system", name: "expiry" },
  db: db(),
  now: businessNow(),
  origin: { requestId: newId("req"), ip: null, userAgent: null },
});
