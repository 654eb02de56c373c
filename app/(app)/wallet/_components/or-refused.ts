import { overTheLine } from "@/components/ui/over-the-line";
import type { ActionResult } from "@/lib/http/action";

/** What an action answered, or, where the line is down, a refusal that says so. */
export async function orRefused<T>(sending: Promise<ActionResult<T>>): Promise<ActionResult<T>> {
  const answer = await overTheLine(sending);
  return "ok" in answer ? answer : { ok: false, error: { code: "unavailable", ...answer } };
}
