import { pool } from "@/lib/db/client";
import { log } from "@/lib/log";
import type { Loop } from "./every";

/** The same loop, which also looks at once when the database gives notice on a channel. */
export function noticed(loop: Loop, channel: string): Loop {
  const listening = pool()
    .sql.listen(channel, () => loop.kick())
    .catch((error) => {
      log().warn({ err: error, channel }, "no notices, polling alone");
      return undefined;
    });
  return {
    kick: loop.kick,
    stop: async () => {
      await (await listening)?.unlisten().catch(() => undefined);
      await loop.stop();
    },
  };
}
