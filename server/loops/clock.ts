import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { seconds } from "@/lib/time";
import { abandonJourney } from "@/lib/time-machine/journey";
import { loadClock } from "@/lib/time-machine/load";
import { every, type Loop } from "./every";
import { noticed } from "./noticed";

const POLL_MS = seconds(1);
/** Where nothing moves it, there is only the drift between two machines to follow. */
const PRODUCTION_POLL_MS = seconds(30);

/** Keeps this process at the business time of all of them. By NOTIFY, and by poll where a notice was lost. */
export async function startClock(): Promise<Loop> {
  await loadClock(db());
  const isFixed = env().isProduction;
  const polling = every("clock", isFixed ? PRODUCTION_POLL_MS : POLL_MS, () => loadClock(db()));
  const loop = isFixed ? polling : noticed(polling, "parley_clock");
  return {
    kick: loop.kick,
    stop: async () => {
      abandonJourney();
      await loop.stop();
    },
  };
}
