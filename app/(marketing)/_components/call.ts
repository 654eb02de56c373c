import { toClock } from "@/components/brand/amounts";
import type { Stretch } from "@/components/brand/strip";
import { dollars, type Micros, micros, multiply, share, split, subtract } from "@/lib/money";
import { exampleRatePerMinute, providerBasisPoints } from "@/lib/plans/catalogue";

const SECONDS_PER_MINUTE = 60;
const STARTED_AT_SECOND = 14 * 3_600 + 22 * 60 + 11;
const LOW_BELOW_SECONDS = 60;
const SETTLED_FOR_SECONDS = 12;

/** Seconds after the page opened in which the line drops by itself, so that everybody sees a pause. */
const drop = { after: 20, until: 28 };

const ratePerSecond = share(exampleRatePerMinute, 1, SECONDS_PER_MINUTE);
const setAside = dollars("100");
const fundedSeconds = Math.floor(setAside / ratePerSecond);

/** The call on the first page: simulated, at true speed, with the product's own arithmetic. */
export type Call = { stretches: readonly Stretch[]; watchedSeconds: number; settledSeconds: number };

export const callSoFar: Call = {
  watchedSeconds: 0,
  settledSeconds: 0,
  stretches: [
    { kind: "free", seconds: 10 },
    { kind: "billed", seconds: 439 },
    { kind: "paused", seconds: 21 },
    { kind: "billed", seconds: 275 },
  ],
};

/** A second is billed only while the line is up and money is set aside for it. Long after its end the call begins again. */
export function oneSecondLater(call: Call, line: "up" | "cut"): Call {
  const watchedSeconds = call.watchedSeconds + 1;
  if (billedSeconds(call) >= fundedSeconds) {
    if (call.settledSeconds >= SETTLED_FOR_SECONDS) return callSoFar;
    return { ...call, watchedSeconds, settledSeconds: call.settledSeconds + 1 };
  }
  const isDown = line === "cut" || (watchedSeconds > drop.after && watchedSeconds <= drop.until);
  return { ...call, watchedSeconds, stretches: lengthen(call.stretches, isDown ? "paused" : "billed") };
}

function lengthen(stretches: readonly Stretch[], kind: Stretch["kind"]): Stretch[] {
  const last = stretches.at(-1);
  if (last?.kind !== kind) return [...stretches, { kind, seconds: 1 }];
  return [...stretches.slice(0, -1), { kind, seconds: last.seconds + 1 }];
}

export type Bill = {
  state: "live" | "low" | "paused" | "ended";
  time: string;
  left: string;
  /** How much of the last four minutes of money is left, 0 to 1. */
  runway: number;
  total: Micros;
  provider: Micros;
  platform: Micros;
  returned: Micros;
};

export function billOf(call: Call): Bill {
  const billed = billedSeconds(call);
  const leftSeconds = fundedSeconds - billed;
  const total = multiply(ratePerSecond, billed);
  const [provider, platform] = split(total, providerBasisPoints);
  return {
    state: stateOf(call, leftSeconds),
    time: toClock(billed + secondsOf(call, "free")),
    left: toClock(leftSeconds),
    runway: Math.min(1, leftSeconds / (4 * SECONDS_PER_MINUTE)),
    total,
    provider,
    platform,
    returned: subtract(setAside, total),
  };
}

function stateOf(call: Call, leftSeconds: number): Bill["state"] {
  if (leftSeconds <= 0) return "ended";
  if (call.stretches.at(-1)?.kind === "paused") return "paused";
  return leftSeconds < LOW_BELOW_SECONDS ? "low" : "live";
}

export type TapeLine = { key: string; at: string; text: string; amount: Micros; kind: Stretch["kind"] };

/** One line for each minute, one for each pause, and the minute that is running. */
export function tapeOf(call: Call): TapeLine[] {
  const lines: TapeLine[] = [];
  let now = STARTED_AT_SECOND;
  let billed = 0;

  call.stretches.forEach(({ kind, seconds }, index) => {
    if (kind !== "billed") {
      const text = kind === "free" ? "free" : `paused ${toClock(seconds)}`;
      lines.push({ key: `${kind}-${index}`, at: timeOfDay(now), text, amount: micros(0), kind });
      now += seconds;
      return;
    }
    const isLast = index === call.stretches.length - 1;
    for (let done = 0; done < seconds; ) {
      const toMinute = SECONDS_PER_MINUTE - (billed % SECONDS_PER_MINUTE);
      const step = Math.min(toMinute, seconds - done);
      done += step;
      billed += step;
      now += step;
      const isWhole = billed % SECONDS_PER_MINUTE === 0;
      if (isWhole || (isLast && done === seconds)) lines.push(minuteLine(billed, now));
    }
  });
  return lines;
}

function minuteLine(billed: number, now: number): TapeLine {
  const minute = Math.ceil(billed / SECONDS_PER_MINUTE);
  const within = billed - (minute - 1) * SECONDS_PER_MINUTE;
  return {
    key: `minute-${minute}`,
    at: timeOfDay(now),
    text: `minute ${minute}`,
    amount: multiply(ratePerSecond, within),
    kind: "billed",
  };
}

const secondsOf = (call: Call, kind: Stretch["kind"]): number =>
  call.stretches.reduce((sum, stretch) => (stretch.kind === kind ? sum + stretch.seconds : sum), 0);

const billedSeconds = (call: Call): number => secondsOf(call, "billed");

const timeOfDay = (second: number): string =>
  [Math.floor(second / 3_600), Math.floor(second / 60) % 60, second % 60]
    .map((part) => String(part).padStart(2, "0"))
    .join(":");
