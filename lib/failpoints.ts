import { env } from "@/lib/env";

/** What somebody who tests may have happen at a named place: the process dies there, or the work fails. */
export type Failure = "exit" | "throw";

/** Does nothing unless a test asked for it by name: `FAILPOINTS=payment.recorded:exit`. */
export function failpoint(name: string): void {
  const asked = env().FAILPOINTS;
  if (asked.length === 0) return;
  const failure = asked.find((one) => one.name === name)?.failure;
  // As a machine dies: no handler runs, nothing is written any more.
  if (failure === "exit") process.kill(process.pid, "SIGKILL");
  if (failure === "throw") throw new Error(`The failpoint ${name} was reached.`);
}
