import { businessNow } from "@/lib/clock";
import { db } from "@/lib/db/client";
import { newId } from "@/lib/ids";
import { linkTransfers } from "@/lib/ledger/link";
import { seconds } from "@/lib/time";
import { metrics } from "../metrics";
import { every, type Loop } from "./every";

const POLL_MS = seconds(1);
const BATCH = 1_000;

/** Puts what was posted into the chain, and counts it: each transfer in one process, once. */
export function startLinks(): Loop {
  // The first look is at all of them, since nobody knows what an earlier process left.
  let since = new Date(0);
  return every("links", POLL_MS, async () => {
    for (let linked = BATCH; linked === BATCH; ) {
      const done = await linkTransfers(system(), { since, most: BATCH });
      since = done.since;
      linked = done.linked;
      for (const [kind, count] of Object.entries(done.kinds)) metrics().transfers.inc({ kind }, count);
    }
  });
}

const system = () => ({
  actor: { kind: "system" as const, name: "links" },
  db: db(),
  now: businessNow(),
  origin: { requestId: newId("req"), ip: null, userAgent: null },
});
