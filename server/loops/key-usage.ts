import { db } from "@/lib/db/client";
import { recordKeyUse } from "@/lib/keys/usage";
import { log } from "@/lib/log";
import { minutes } from "@/lib/time";
import { every, type Loop } from "./every";

/** Writes down once a minute which keys were used, and what is left when the process stops. */
export function startKeyUsage(): Loop {
  const loop = every("key-usage", minutes(1), () => recordKeyUse(db()));
  return {
    kick: loop.kick,
    stop: async () => {
      await loop.stop();
      await recordKeyUse(db()).catch((error) => log().warn({ err: error }, "last use of keys not written down"));
    },
  };
}
