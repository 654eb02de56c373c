import type { QualityLevel } from "../state";
import type { Figures } from "./counters";
import type { QualityReason } from "./state";

/** What somebody's connection has to do at this moment. */
export type Expected = { sendsAudio: boolean; sendsVideo: boolean };

const PERFECT = 100;
/** Two way, from which on people begin to talk over each other. */
const DELAY_FREE_MS = 150;
const DELAY_POINT_MS = 8;
const LOSS_POINTS = 4;
/** Loss alone says poor, never gone. */
const LEAST_BY_LOSS = 30;
const NOTHING_ARRIVES = 10;
const FALLS = 0.8;
const RISES = 0.4;

/** Of one reading by itself. */
export function scoreOf(figures: Figures, expected: Expected): number {
  const isSilent = figures.arrived === 0 && (expected.sendsAudio || expected.sendsVideo);
  if (isSilent) return NOTHING_ARRIVES;
  const delay = Math.max(0, (figures.rttMs ?? 0) - DELAY_FREE_MS) / DELAY_POINT_MS;
  const loss = Math.max(figures.audioIn.lossPercent, figures.videoIn.lossPercent) * LOSS_POINTS;
  return Math.max(LEAST_BY_LOSS, PERFECT - delay - loss);
}

/** One bad reading shows at once; one good one does not make up for it. */
export const smooth = (before: number | undefined, now: number): number =>
  before === undefined ? now : before + (now - before) * (now < before ? FALLS : RISES);

export function levelOf(score: number): QualityLevel {
  if (score > 80) return "good";
  if (score > 40) return "fair";
  return score > 20 ? "poor" : "lost";
}

/** Whose side it is, as far as both ends' figures tell. */
export function reasonOf(figures: Figures, level: QualityLevel): QualityReason | null {
  if (level === "good" || level === "unknown") return null;
  if (level === "lost") return "nothing_arrives";
  const comesIn = Math.max(figures.audioIn.lossPercent, figures.videoIn.lossPercent);
  const goesOut = Math.max(figures.audioOut.lossPercent, figures.videoOut.lossPercent);
  if (figures.limitedBy === "cpu") return "your_computer";
  if (goesOut > comesIn) return "your_upload";
  if (comesIn > 0) return goesOut > 0 ? "your_download" : "their_upload";
  return "delay";
}
