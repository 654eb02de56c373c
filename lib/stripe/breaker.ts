import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { seconds } from "@/lib/time";

type State = { kind: "closed"; failures: number } | { kind: "open"; untilMs: number } | { kind: "half-open" };
/** `answered` says that Stripe is there, whatever it answered; `unasked` says nothing about it. */
export type Verdict = "answered" | "failed" | "unasked";

export type Breaker = {
  /** Lets a call through, or refuses it at once. Every call that was let through is judged in the end. */
  admit(nowMs: number): (verdict: Verdict, nowMs: number) => void;
  state(nowMs: number): State["kind"];
};

const MOST_FAILURES = 5;
const REST_MS = seconds(10);

/** Spares a Stripe that fails in a row, and ourselves the waiting. After a rest one call finds out for all. */
export function createBreaker({ mostFailures = MOST_FAILURES, restMs = REST_MS } = {}): Breaker {
  let state: State = { kind: "closed", failures: 0 };

  const open = (nowMs: number, untilMs: number): void => {
    state = { kind: "open", untilMs };
    if (untilMs > nowMs) log().warn({ rest_ms: untilMs - nowMs }, "stripe is not asked for a while");
  };

  const close = (): void => {
    state = { kind: "closed", failures: 0 };
    log().info("stripe answers again");
  };

  const judgeProbe = (verdict: Verdict, nowMs: number): void => {
    if (verdict === "answered") close();
    else open(nowMs, verdict === "failed" ? nowMs + restMs : nowMs);
  };

  const judge = (verdict: Verdict, nowMs: number): void => {
    // Whoever was let through before it opened tells nothing that the probe will not tell better.
    if (state.kind !== "closed" || verdict === "unasked") return;
    const failures = verdict === "failed" ? state.failures + 1 : 0;
    if (failures >= mostFailures) open(nowMs, nowMs + restMs);
    else state = { kind: "closed", failures };
  };

  return {
    admit(nowMs) {
      if (state.kind === "closed") return judge;
      if (state.kind === "open" && state.untilMs <= nowMs) {
        state = { kind: "half-open" };
        return judgeProbe;
      }
      throw resting(state.kind === "open" ? state.untilMs - nowMs : 0);
    },
    state: (nowMs) => (state.kind === "open" && state.untilMs <= nowMs ? "half-open" : state.kind),
  };
}

const resting = (leftMs: number) =>
  new AppError("unavailable", "Payments cannot be reached just now. Try again in a moment.", {
    retryAfterSeconds: Math.max(1, Math.ceil(leftMs / 1_000)),
  });
