import { env, loadDotEnv } from "@/lib/env";
import { log, openLog } from "@/lib/log";
import { startParley } from "./boot/start";
import { stopOnSignal } from "./boot/stop";

let isLogOpen = false;
try {
  loadDotEnv();
  const { PARLEY_DATA, LOG_FILE, LOG_LEVEL, isProduction } = env();
  const file = LOG_FILE ?? (isProduction ? undefined : `${PARLEY_DATA}/log/parley.log`);
  openLog({ level: LOG_LEVEL, ...(file && { file }) });
  isLogOpen = true;
  const starting = startParley();
  // Heard from the first moment: a stop that comes during the start waits for it, and leaves nothing behind.
  stopOnSignal(async () => (await starting).stop());
  process.stdout.write((await starting).greeting);
} catch (error) {
  // A wrong environment shows before there is a log, and the words below say all of it.
  if (isLogOpen) log().fatal({ err: error }, "did not start");
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
