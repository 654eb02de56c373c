import { AsyncLocalStorage } from "node:async_hooks";
import { once } from "@/lib/once";

/** One request to a page, as far as actions are concerned. */
export type ActionRun = { hasBegun: boolean };

const runs = () => once("action-runs", () => new AsyncLocalStorage<ActionRun>());

/** Answers a request, and notes on the run whether an action of ours began meanwhile. */
export const inActionRun = <T>(run: ActionRun, work: () => T): T => runs().run(run, work);

/** Said by every action as it begins: its arguments were readable. */
export function noteActionBegun(): void {
  const run = runs().getStore();
  if (run) run.hasBegun = true;
}
