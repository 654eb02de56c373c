import { ZodError } from "zod";
import { log } from "@/lib/log";
import { QueuedMail } from "@/lib/mail";
import { type LeasedMail, leaseMails, MOST_TRIES, markFailed, markSent } from "@/lib/notifications/queue";
import { deliver, hangUp, isRefusedForGood } from "@/lib/notifications/transport";
import { seconds } from "@/lib/time";
import { metrics } from "../metrics";
import { composeMail } from "./compose-mail";
import { every, type Loop } from "./every";
import { systemCtx } from "./system";

const POLL_MS = seconds(2);
const BATCH = 10;

/** Sends what is due. A mail may arrive twice when the process dies between handing it over and writing that down; never less than once. */
export function startMailLoop(): Loop {
  const loop = every("mail", POLL_MS, sendDueMails);
  return {
    kick: loop.kick,
    stop: async () => {
      await loop.stop();
      hangUp();
    },
  };
}

export async function sendDueMails(send = deliver): Promise<void> {
  for (;;) {
    const leased = await leaseMails(BATCH);
    await Promise.all(leased.map((mail) => sendOne(mail, send)));
    if (leased.length < BATCH) return;
  }
}

async function sendOne(leased: LeasedMail, send: typeof deliver): Promise<void> {
  try {
    const mail = await composeMail(systemCtx("mail"), QueuedMail.parse(leased.payload));
    if (mail) await send({ ...mail, reference: `mail-${leased.id}` });
    await markSent(leased);
    metrics().mails.inc({ outcome: "sent" });
  } catch (error) {
    await noteFailure(leased, error);
  }
}

/** What is given up stands in the log, in the metrics and in `npm run cli -- mail`. */
async function noteFailure(leased: LeasedMail, error: unknown): Promise<void> {
  const isHopeless = error instanceof ZodError || isRefusedForGood(error);
  const isGivenUp = isHopeless || leased.attempts >= MOST_TRIES;
  const line = { err: error, outbox_id: leased.id, attempts: leased.attempts };
  if (isGivenUp) log().error(line, "mail given up");
  else log().warn(line, "mail not sent, will try again");
  metrics().mails.inc({ outcome: isGivenUp ? "given_up" : "put_off" });
  await markFailed(leased, { why: error instanceof Error ? error.message : String(error), isHopeless });
}
