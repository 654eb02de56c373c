import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { businessNow } from "@/lib/clock";
import type { Ctx, SystemActor } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { env, provide } from "@/lib/env";
import { newId } from "@/lib/ids";
import { log } from "@/lib/log";
import { setUpStripe } from "@/lib/stripe-catalogue/set-up";
import { seconds } from "@/lib/time";

/** Where Stripe tells of what happened. */
export const WEBHOOKS = "/api/webhooks/stripe";
export const RETURN = "/dashboard/billing";

const PATIENCE_MS = seconds(5);
const LOOK_AGAIN_MS = 50;

/** Whoever set up the house, rather than somebody in it. */
export const houseCtx = (name: string): Ctx<SystemActor> => ({
  actor: { kind: "system", name },
  db: db(),
  now: businessNow(),
  origin: { requestId: newId("req"), ip: null, userAgent: null },
});

type Start = { runsHere: boolean; address: string };

/**
 * Makes plans and prices at the local Stripe and has it tell this process what happens. A process that uses the one
 * of another learns only how what it is told is signed. A real Stripe is set up by whoever runs `npm run setup-stripe`.
 */
export async function setUpLocalStripe({ runsHere, address }: Start): Promise<void> {
  if (!env().STRIPE_LOCAL_URL) return;
  try {
    if (runsHere)
      await setUpStripe(houseCtx("start"), {
        mode: "apply",
        webhookUrl: address + WEBHOOKS,
        returnUrl: env().publicUrl + RETURN,
        secrets: "keep",
      });
    provide({ STRIPE_WEBHOOK_SECRET: (await secretsOfEndpoints()).join(",") });
  } catch (error) {
    log().warn({ err: error }, "the local Stripe could not be set up");
  }
}

const Endpoints = z.array(z.object({ secrets: z.array(z.string()) }));

/** A local Stripe shows again what the real one tells once. */
async function secretsOfEndpoints(): Promise<string[]> {
  const { STRIPE_LOCAL_URL, STRIPE_SECRET_KEY } = env();
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await fetch(`${STRIPE_LOCAL_URL}/_local/webhook_endpoints`, {
      headers: { authorization: `Bearer ${STRIPE_SECRET_KEY}` },
    });
    const secrets = Endpoints.parse(await answer.json()).flatMap((endpoint) => endpoint.secrets);
    if (secrets.length > 0) return secrets;
    if (performance.now() > giveUpAt) throw new Error("It has no webhook endpoint");
    // Whoever runs it is about to make them.
    await wait(LOOK_AGAIN_MS);
  }
}
