import { isOutage } from "@/lib/errors";
import { seconds } from "@/lib/time";
import { every, type Loop } from "../loops/every";
import { admit } from "./admit";
import type { Line } from "./channels";
import type { Opened } from "./open";
import { putOutStranger } from "./strangers";

/** Ends the sockets of keys and logins that simply ran out: nobody announces that. */
export const startRecheck = ({ io, seats }: Pick<Opened, "io" | "seats">): Loop =>
  every("socket-rights", seconds(3), async () => {
    for (const line of io.sockets.sockets.values()) {
      // A token brings a guest in; once inside they stay until they leave or are sent away.
      if (line.data.actor.kind === "guest" && seats.of(line)) continue;
      await recheck(line);
      await putOutStranger(seats, line);
    }
  });

async function recheck(line: Line): Promise<void> {
  try {
    await admit(line);
  } catch (error) {
    if (isOutage(error)) throw error;
    line.emit("login:ended", {});
    line.disconnect(true);
  }
}
