/** How long to wait before each attempt; the last one repeats. */
const LADDER_MS = [0, 300, 1_200, 2_700, 4_800, 7_000];
const JITTER_MS = 1_000;

/** `attempt` counts from 1. `random` is between 0 and 1, so that a thousand pages do not come back at one moment. */
export function waitBefore(attempt: number, random: number): number {
  const rung = LADDER_MS[Math.min(attempt, LADDER_MS.length) - 1] ?? 0;
  return rung === 0 ? 0 : Math.round(rung + random * Math.min(JITTER_MS, rung));
}
