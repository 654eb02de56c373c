import { log } from "@/lib/log";
import { seconds } from "@/lib/time";

const LONGEST_STOP_MS = seconds(15);

/** Stops once, on Ctrl-C, on SIGTERM, and when the process that started us is gone. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const begin = (why: string): void => {
    if (stopping) return;
    stopping = true;
    log().info({ why }, "stopping");
    const giveUp = setTimeout(() => process.exit(1), LONGEST_STOP_MS);
    stop()
      .then(() => process.exit(0))
      .catch((error) => {
        log().error({ err: error }, "did not stop cleanly");
        process.exit(1);
      })
      .finally(() => clearTimeout(giveUp));
  };
  process.on("SIGINT", () => begin("SIGINT"));
  process.on("SIGTERM", () => begin("SIGTERM"));
  process.on("SIGHUP", () => begin("SIGHUP"));
  const onGone = () => begin("the launcher is gone");
  // False means that there was a channel and its other end is closed already.
  if (process.connected === false) onGone();
  if (process.channel) {
    process.on("disconnect", onGone);
    // The channel tells that the parent is gone; it must not keep a finished process alive.
    process.channel.unref();
  }
}
