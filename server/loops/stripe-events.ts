import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { fillWallets } from "@/lib/payments/fill-wallets";
import { lookAfterPayments } from "@/lib/payments/look-after";
import { lookAfterRefunds } from "@/lib/payments/look-after-refunds";
import { projectEvents } from "@/lib/stripe-events/project";
import { countFailed, oldestUntried } from "@/lib/stripe-events/queries";
import { reconcileEvents } from "@/lib/stripe-events/reconcile";
import { inbox } from "@/lib/stripe-events/record";
import { retryFailed } from "@/lib/stripe-events/retry";
import { lookAfterSubscriptions } from "@/lib/subscriptions/look-after";
import { minutes, seconds } from "@/lib/time";
import { addSource, removeSource } from "@/lib/time-machine/sources";
import { metrics } from "../metrics";
import { every } from "./every";
import { systemCtx } from "./system";

const SOURCE = "News from Stripe";
const POLL_MS = seconds(1);
const RECONCILE_MS = seconds(60);
const RETRY_MS = minutes(10);
const LOOK_AFTER_MS = seconds(5);
const FILL_MS = seconds(3);

/** Works off what Stripe tells, finds what it told in vain, and asks about what nobody told. */
export function startStripeEvents(): { stop(): Promise<void> } {
  const loops = [
    every("stripe-events", POLL_MS, work(projectEvents)),
    every("stripe-reconciliation", RECONCILE_MS, work(reconcileEvents)),
    every("stripe-retries", RETRY_MS, work(takeUpAgain)),
    every("payments", LOOK_AFTER_MS, work(lookAfterPayments)),
    every("wallets", FILL_MS, work(fillWallets)),
    every("subscriptions", LOOK_AFTER_MS, work(lookAfterSubscriptions)),
    every("refunds", LOOK_AFTER_MS, work(lookAfterRefunds)),
  ];
  inbox().kick = () => loops[0]?.kick();
  addSource({
    name: SOURCE,
    nextDueAt: () => oldestUntried({ db: db() }),
    drain: async () => void (await projectEvents(systemCtx("stripe"))),
  });
  return {
    stop: async () => {
      removeSource(SOURCE);
      inbox().kick = () => undefined;
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

async function takeUpAgain(ctx: ReturnType<typeof systemCtx>): Promise<number> {
  const taken = await retryFailed(ctx);
  metrics().failedEvents.set(await countFailed(ctx));
  return taken;
}

/** Without a Stripe there is nothing to hear. */
const work = (turn: (ctx: ReturnType<typeof systemCtx>) => Promise<number>) => async (): Promise<void> => {
  if (env().STRIPE_SECRET_KEY) await turn(systemCtx("stripe"));
};
