import { businessNow } from "@/lib/clock";
import type { Ctx } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { postOut } from "@/lib/egress/post";
import { newId } from "@/lib/ids";
import { log } from "@/lib/log";
import { seconds } from "@/lib/time";
import { type LeasedDelivery, leaseDeliveries } from "@/lib/webhooks/lease";
import { settleDelivery } from "@/lib/webhooks/settle";
import { every, type Loop } from "./every";

const POLL_MS = seconds(1);
const MOST_RUNNING = 32;

/**
 * Sends what is due. An event may arrive twice when the process dies between the answer and writing it down; never
 * less than once. Requests run beside each other, so that a slow receiver holds up nobody else.
 */
export function startWebhookLoop(): Loop {
  const running = new Set<Promise<void>>();
  const loop = every("webhooks", POLL_MS, async () => {
    for (const leased of await leaseDeliveries(MOST_RUNNING - running.size)) {
      const one = deliver(leased).finally(() => {
        running.delete(one);
        loop.kick();
      });
      running.add(one);
    }
  });
  return {
    kick: loop.kick,
    stop: async () => {
      await loop.stop();
      await Promise.all(running);
    },
  };
}

async function deliver(leased: LeasedDelivery): Promise<void> {
  const reply = await postOut(leased);
  try {
    await settleDelivery(system(), leased, reply);
  } catch (error) {
    // Its lease runs out and it is sent again.
    const { endpointId: endpoint_id, eventId: event_id } = leased;
    log().error({ err: error, endpoint_id, event_id }, "the answer of a webhook receiver was not written down");
  }
}

const system = (): Ctx => ({
  actor: { kind: "system", name: "webhooks" },
  db: db(),
  now: businessNow(),
  origin: { requestId: newId("req"), ip: null, userAgent: null },
});
