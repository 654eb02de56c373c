import type { VideoLevel } from "../route";

/** How much of a picture goes to one person. */
export type Shape = { isSent: boolean; kbps: number; height: number; fps: number };

/** What one picture may take, by how many others there are: everybody sends to everybody. */
const KBPS_BY_OTHERS = [1_700, 1_700, 1_000, 600, 350, 250];
const HEIGHT_BY_OTHERS = [720, 720, 540, 360, 270, 180];

const LEVELS = {
  high: { kbps: 2_500, height: 1_080, fps: 30 },
  medium: { kbps: 600, height: 360, fps: 24 },
  low: { kbps: 150, height: 180, fps: 15 },
} as const;

/** Steps down from what is wanted, when the line or the computer does not carry it. The last one keeps the sound alone. */
const STEPS = [1, 0.6, 0.35, 0.18, 0] as const;
export const LAST_STEP = STEPS.length - 1;

const at = (table: readonly number[], others: number): number =>
  table[Math.min(Math.max(others, 0), table.length - 1)] ?? 0;

type Wanted = { others: number; own: VideoLevel; asked: Exclude<VideoLevel, "auto">; step: number };

export function shapeFor({ others, own, asked, step }: Wanted): Shape {
  const share = STEPS[Math.min(step, LAST_STEP)] ?? 0;
  const none = { isSent: false, kbps: 0, height: 0, fps: 0 };
  if (own === "off" || asked === "off" || share === 0) return none;
  // Chosen by hand, it goes above what the number of people would allow, as far as the line carries it.
  const most =
    own === "auto" ? { kbps: at(KBPS_BY_OTHERS, others), height: at(HEIGHT_BY_OTHERS, others), fps: 30 } : LEVELS[own];
  const wanted = LEVELS[asked];
  return {
    isSent: true,
    kbps: Math.round(Math.min(most.kbps, wanted.kbps) * share),
    height: Math.round(Math.min(most.height, wanted.height) * Math.sqrt(share)),
    fps: Math.min(most.fps, wanted.fps),
  };
}

/** What the last two seconds said about the way out. */
export type Outlook = { availableKbps: number | null; lossPercent: number; limitedBy: "cpu" | "bandwidth" | null };
export type Adaptation = { step: number; badTurns: number; goodTurns: number };

export const unadapted: Adaptation = { step: 0, badTurns: 0, goodTurns: 0 };

const BAD_TURNS = 2;
const GOOD_TURNS = 5;
const MUCH_LOSS_PERCENT = 8;
const FINE_LOSS_PERCENT = 2;
/** Below this a picture takes from the sound. */
const SOUND_ALONE_KBPS = 80;

/** Two bad turns in a row lead one step down, five good ones one step up. */
export function adapt({ step, badTurns, goodTurns }: Adaptation, seen: Outlook): Adaptation {
  const isStarved = seen.availableKbps !== null && seen.availableKbps < SOUND_ALONE_KBPS;
  const isBad = isStarved || seen.lossPercent > MUCH_LOSS_PERCENT || seen.limitedBy === "cpu";
  if (isBad) {
    if (badTurns + 1 < BAD_TURNS) return { step, badTurns: badTurns + 1, goodTurns: 0 };
    return { step: isStarved ? LAST_STEP : Math.min(step + 1, LAST_STEP - 1), badTurns: 0, goodTurns: 0 };
  }
  if (step === 0 || seen.lossPercent > FINE_LOSS_PERCENT) return { step, badTurns: 0, goodTurns: 0 };
  if (goodTurns + 1 < GOOD_TURNS) return { step, badTurns: 0, goodTurns: goodTurns + 1 };
  return { step: step - 1, badTurns: 0, goodTurns: 0 };
}
