import type { Measured } from "../route";
import type { ParticipantRef, QualityLevel } from "../state";
import { createStore } from "../store";
import { Counters } from "./counters";
import { type Expected, levelOf, reasonOf, scoreOf, smooth } from "./score";
import type { PeerFigures, QualitySheet } from "./state";

export const MEASURED_EVERY_MS = 2_000;

export type MonitorParts = {
  measure(): Promise<Measured[]>;
  expected(id: ParticipantRef): Expected | undefined;
  onLevel(id: ParticipantRef, level: QualityLevel): void;
};

/** Reads the figures of everybody every two seconds. The call hears of a level that changed, and of nothing else. */
export function watchQuality({ measure, expected, onLevel }: MonitorParts) {
  const sheet = createStore<QualitySheet>({ people: new Map(), atMs: 0 });
  const counters = new Counters();

  const judge = (measured: Measured): PeerFigures[] => {
    const wanted = expected(measured.id);
    if (!wanted) return [];
    const figures = counters.read(measured);
    const before = sheet.getSnapshot().people.get(measured.id);
    const score = Math.round(smooth(before?.score, scoreOf(figures, wanted)));
    const level = levelOf(score);
    if (before?.level !== level) onLevel(measured.id, level);
    const { arrived: _, ...shown } = figures;
    return [{ ...shown, score, level, reason: reasonOf(figures, level) }];
  };

  const turn = async (): Promise<void> => {
    const judged = (await measure()).flatMap(judge);
    sheet.set({ people: new Map(judged.map((one) => [one.id, one])), atMs: Date.now() });
  };
  const start = (): (() => void) => {
    // A connection that closes while it is read has no figures.
    const timer = setInterval(() => void turn().catch(() => undefined), MEASURED_EVERY_MS);
    return () => clearInterval(timer);
  };
  return { sheet, start };
}
