import { afterCommit } from "@/lib/ctx";
import { env } from "@/lib/env";
import { startBooks } from "../loops/books";
import { startClock } from "../loops/clock";
import type { Loop } from "../loops/every";
import { offerExpiry, startExpiry } from "../loops/expiry";
import { startHeartbeats } from "../loops/heartbeats";
import { startKeyUsage } from "../loops/key-usage";
import { startLinks } from "../loops/links";
import { startMailLoop } from "../loops/mail";
import { startRevocations } from "../loops/revocations";
import { startRoomCare } from "../loops/room-care";
import { startRoomNews } from "../loops/room-news";
import { startSocketEffects } from "../loops/socket-effects";
import { startStripeEvents } from "../loops/stripe-events";
import { startSweep } from "../loops/sweep";
import { startWebhookLoop } from "../loops/webhooks";
import { applyNews } from "../signalling/news";
import { deliver, type Opened } from "../signalling/open";
import { startRecheck } from "../signalling/recheck";
import { applyNotice } from "../signalling/revoke";

/** What runs beside the requests, by the roles this process has. */
export async function startLoops(signalling: Opened): Promise<{ stop(): Promise<void> }> {
  const { PARLEY_ROLES } = env();
  const { io, seats } = signalling;
  const loops: { kick?(): void; stop(): Promise<void> }[] = [startKeyUsage()];
  const kicked: Pick<Loop, "kick">[] = [];

  offerExpiry();
  loops.push(await startClock());
  loops.push(await startRevocations((notice) => applyNotice(signalling, notice)), startRecheck(signalling));
  const news = await startRoomNews((told) => applyNews(seats, told));
  loops.push(news, startHeartbeats(seats));
  kicked.push(news);
  if (PARLEY_ROLES.includes("web")) {
    const effects = await startSocketEffects(deliver(io));
    loops.push(effects);
    kicked.push(effects);
  }
  if (PARLEY_ROLES.includes("worker")) {
    const mail = startMailLoop();
    const webhooks = startWebhookLoop();
    loops.push(
      mail,
      webhooks,
      startSweep(),
      startStripeEvents(),
      startExpiry(),
      startLinks(),
      startBooks(),
      startRoomCare(),
    );
    kicked.push(mail, webhooks);
  }

  afterCommit().kick = () => {
    for (const loop of kicked) loop.kick();
  };
  return { stop: async () => void (await Promise.all(loops.map((loop) => loop.stop()))) };
}
