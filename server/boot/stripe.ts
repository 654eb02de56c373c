import { setTimeout as wait } from "node:timers/promises";
import { businessNow } from "@/lib/clock";
import { pool } from "@/lib/db/client";
import { env, provide } from "@/lib/env";
import { log } from "@/lib/log";
import { seconds } from "@/lib/time";
import { addSource, removeSource } from "@/lib/time-machine/sources";
import { type LocalStripe, startLocalStripe } from "../local-stripe/start";
import { forgetWhere, readWhere } from "../local-stripe/store/where";

const USUAL_PORT = 12_111;
const SOURCE = "Stripe";

const LOCK = 727_277;
const PATIENCE_MS = seconds(5);
const LOOK_AGAIN_MS = 50;

export type OwnStripe = { url: string | undefined; stop(): Promise<void> };

const NONE: OwnStripe = { url: undefined, stop: async () => undefined };

/**
 * Without a key of a Stripe there is one in this process, which lives by the same clock. With one this starts
 * nothing, and a process that shares its database with one that runs it already goes to that one.
 */
export async function startStripe(): Promise<OwnStripe> {
  if (env().isProduction || env().STRIPE_SECRET_KEY) return NONE;
  const letGo = await claim();
  if (!letGo) {
    goByStripeAt(await whereItRuns());
    return NONE;
  }
  // What an earlier one wrote down leads nowhere, or to somebody else's.
  await forgetWhere(pool().sql);
  const stripe = await startOnFreePort();
  goByStripeAt(stripe.url);
  addSource({
    name: SOURCE,
    nextDueAt: () => stripe.nextDue(),
    landmarks: () => stripe.landmarks(),
    drain: async (until) => {
      await stripe.runDue(until);
      await stripe.settle();
    },
  });
  return {
    url: stripe.url,
    stop: async () => {
      removeSource(SOURCE);
      await stripe.stop();
      await letGo();
    },
  };
}

function goByStripeAt(url: string | undefined): void {
  if (url === undefined) return;
  provide({
    STRIPE_LOCAL_URL: url,
    STRIPE_SECRET_KEY: "sk_test_local_parley",
    STRIPE_PUBLISHABLE_KEY: "pk_test_local_parley",
  });
}

/** The process that runs it may be starting too, and has not written it down yet. */
async function whereItRuns(): Promise<string | undefined> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  while (performance.now() < giveUpAt) {
    const url = await readWhere(pool().sql);
    if (url !== undefined) return url;
    await wait(LOOK_AGAIN_MS);
  }
  log().warn("another process runs the local Stripe and does not say where");
  return undefined;
}

/** The lock lives as long as its connection: a killed process lets go by dying. */
async function claim(): Promise<(() => Promise<void>) | undefined> {
  const line = await pool().sql.reserve();
  const [row] = await line<{ held: boolean }[]>`select pg_try_advisory_lock(${LOCK}) as held`;
  if (!row?.held) {
    line.release();
    return undefined;
  }
  return async () => {
    await line`select pg_advisory_unlock(${LOCK})`.catch(() => undefined);
    line.release();
  };
}

/** Its addresses are written into invoices and links, so it is best found where it was the last time. */
async function startOnFreePort(): Promise<LocalStripe> {
  const place = { databaseUrl: env().DATABASE_URL ?? "", host: "127.0.0.1" as const, now: businessNow };
  try {
    return await startLocalStripe({ ...place, port: USUAL_PORT });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    return startLocalStripe({ ...place, port: 0 });
  }
}
