import { graceEnds, isInForce } from "@/lib/entitlements/rules";
import type { Action, STANDINGS, Subscription } from "./schema";

type State = Subscription["status"];
type Facts = {
  state: State;
  pastDueAt: Date | null;
  cancelAt: Date | null;
  nextPlanId: string | null;
};

export const LIVE_STATES = ["new", "incomplete", "trialing", "active", "past_due", "unpaid", "paused"] as const;
export const isOver = (state: State): boolean => state === "canceled" || state === "expired" || state === "refused";

/** How somebody stands with a subscription, in one word. */
export function standingOf(facts: Facts, now: Date): (typeof STANDINGS)[number] {
  const { state } = facts;
  if (isOver(state) || (facts.cancelAt !== null && now >= facts.cancelAt)) return "ended";
  if (state === "new" || state === "incomplete") return "starting";
  if (state === "paused") return "paused";
  if (state === "trialing") return "trial";
  if (state === "active") return "good";
  return isInForce(facts, now) ? "grace" : "suspended";
}

export const graceOf = (pastDueAt: Date | null): Date | null => pastDueAt && graceEnds(pastDueAt);

const NOTHING: readonly Action[] = [];
const WHILE: Record<State, readonly Action[]> = {
  new: ["cancel_now"],
  incomplete: ["pay", "cancel_now"],
  trialing: ["upgrade", "downgrade", "cancel", "cancel_now"],
  active: ["upgrade", "downgrade", "cancel", "cancel_now"],
  past_due: ["pay", "cancel", "cancel_now"],
  unpaid: ["pay", "cancel_now"],
  paused: ["resume", "cancel_now"],
  canceled: NOTHING,
  expired: NOTHING,
  refused: NOTHING,
};

/** What can be done with it as it stands. One that ends, or changes at the end of its period, is undone before it is changed. */
export function actionsOn({ state, cancelAt, nextPlanId }: Facts): readonly Action[] {
  const all = WHILE[state];
  if (isOver(state)) return all;
  if (cancelAt !== null)
    return [...all.filter((action) => action === "pay" || action === "cancel_now" || action === "resume"), "undo"];
  return nextPlanId === null ? all : [...all.filter((action) => action !== "downgrade"), "undo"];
}

const STANDS: Record<State, string> = {
  new: "It is being set up.",
  incomplete: "Its first payment is still open.",
  trialing: "It is in its trial.",
  active: "It is active.",
  past_due: "Its last invoice is not paid. Pay it first.",
  unpaid: "Its last invoice is not paid. Pay it first.",
  paused: "It is paused. Resume it first.",
  canceled: "It has ended.",
  expired: "It was never paid, and has ended.",
  refused: "It could not be set up.",
};

/** Why something cannot be done, in a sentence. */
export function whyNot(facts: Facts, action: Action): string {
  if (action === "undo") return "There is nothing to undo.";
  if (isOver(facts.state)) return STANDS[facts.state];
  if (facts.cancelAt !== null) return "This subscription is about to end. Undo that first.";
  if (facts.nextPlanId !== null && action === "downgrade")
    return "Another plan begins at the end of the period already. Undo that first.";
  return STANDS[facts.state];
}

/** Its invoices are for use that was had, and not for a period to come. They stay owed after its end. */
export const billsPastUse = ({ family }: Pick<Subscription, "family">): boolean => family === "gateway";

/** What of present use a smaller plan would not hold. */
export type Over = { what: string; used: number; limit: number };

export const overIn = (used: Record<string, number>, limits: Record<string, number>): Over[] =>
  Object.entries(limits).flatMap(([what, limit]) => {
    const has = used[what] ?? 0;
    return has > limit ? [{ what, used: has, limit }] : [];
  });
