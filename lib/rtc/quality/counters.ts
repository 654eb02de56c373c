import type { Measured } from "../route";
import type { ParticipantRef } from "../state";
import type { Flow, PeerFigures } from "./state";

export type Figures = Omit<PeerFigures, "score" | "level" | "reason"> & {
  /** Packets of any kind that came since the last reading. */
  arrived: number;
};

type Totals = { atMs: number; values: Map<string, number> };
type Stat = Record<string, unknown> & { id: string; type: string; timestamp: number };

const BITS = 8;
const still: Flow = { kbps: 0, lossPercent: 0, jitterMs: 0, fps: 0, width: 0, height: 0 };

/** Browsers count from the beginning; this tells what came since the last reading. Fields that a browser lacks count as nothing. */
export class Counters {
  readonly #before = new Map<ParticipantRef, Totals>();

  forget(id: ParticipantRef): void {
    this.#before.delete(id);
  }

  read({ id, report }: Measured): Figures {
    const stats = statsIn(report);
    const before = this.#before.get(id);
    const now: Totals = { atMs: stats[0]?.timestamp ?? 0, values: new Map() };
    this.#before.set(id, now);
    const since = (stat: Stat, field: string): number => {
      const value = numberIn(stat, field);
      now.values.set(`${stat.id} ${field}`, value);
      return Math.max(0, value - (before?.values.get(`${stat.id} ${field}`) ?? 0));
    };
    const elapsedMs = before ? Math.max(1, now.atMs - before.atMs) : 0;
    const reading = { stats, since, elapsedMs };
    const pair = selectedPair(stats);
    const rtt = pair && numberIn(pair, "currentRoundTripTime");
    const available = pair && numberIn(pair, "availableOutgoingBitrate");
    const local = stats.find((stat) => stat.id === pair?.localCandidateId);
    const inbound = stats.filter(({ type }) => type === "inbound-rtp");
    return {
      id,
      rttMs: rtt ? Math.round(rtt * 1_000) : null,
      route: local ? (local.candidateType === "relay" ? "relay" : "direct") : null,
      protocol: typeof local?.protocol === "string" ? local.protocol : null,
      availableOutKbps: available ? Math.round(available / 1_000) : null,
      limitedBy: limitIn(stats),
      arrived: inbound.reduce((sum, stat) => sum + since(stat, "packetsReceived"), 0),
      audioIn: flowIn(reading, "audio"),
      videoIn: flowIn(reading, "video"),
      audioOut: flowOut(reading, "audio"),
      videoOut: flowOut(reading, "video"),
    };
  }
}

type Reading = { stats: readonly Stat[]; since(stat: Stat, field: string): number; elapsedMs: number };

function flowIn({ stats, since, elapsedMs }: Reading, kind: string): Flow {
  const flows = stats.filter((stat) => stat.type === "inbound-rtp" && stat.kind === kind);
  const first = largestOf(flows);
  if (!first) return still;
  const sum = (field: string) => flows.reduce((total, stat) => total + since(stat, field), 0);
  const [received, lost, bytes] = [sum("packetsReceived"), sum("packetsLost"), sum("bytesReceived")];
  return {
    ...sizeOf(first),
    kbps: rate(bytes, elapsedMs),
    lossPercent: percent(lost, received + lost),
    jitterMs: inMs(first, "jitter"),
  };
}

/** What we sent, and what the other end says of it. */
function flowOut({ stats, since, elapsedMs }: Reading, kind: string): Flow {
  const flows = stats.filter((stat) => stat.type === "outbound-rtp" && stat.kind === kind);
  const heard = stats.filter((stat) => stat.type === "remote-inbound-rtp" && stat.kind === kind);
  const first = largestOf(flows);
  if (!first) return still;
  const bytes = flows.reduce((total, stat) => total + since(stat, "bytesSent"), 0);
  const worst = Math.max(0, ...heard.map((stat) => numberIn(stat, "fractionLost")));
  const jitterMs = Math.max(0, ...heard.map((stat) => inMs(stat, "jitter")));
  return { ...sizeOf(first), kbps: rate(bytes, elapsedMs), lossPercent: Math.round(worst * 100), jitterMs };
}

/** A camera and a screen may come at once. */
const largestOf = (flows: readonly Stat[]): Stat | undefined =>
  [...flows].sort((a, b) => numberIn(b, "frameHeight") - numberIn(a, "frameHeight"))[0];

const sizeOf = (stat: Stat) => ({
  fps: numberIn(stat, "framesPerSecond"),
  width: numberIn(stat, "frameWidth"),
  height: numberIn(stat, "frameHeight"),
});

const rate = (bytes: number, elapsedMs: number) => (elapsedMs === 0 ? 0 : Math.round((bytes * BITS) / elapsedMs));
const percent = (part: number, whole: number) => (whole === 0 ? 0 : Math.round((part / whole) * 100));
const inMs = (stat: Stat, field: string) => Math.round(numberIn(stat, field) * 1_000);

function selectedPair(stats: readonly Stat[]): Stat | undefined {
  const named = stats.find(({ type }) => type === "transport")?.selectedCandidatePairId;
  return stats.find(
    (stat) =>
      stat.type === "candidate-pair" &&
      (named === undefined ? stat.nominated && stat.state === "succeeded" : stat.id === named),
  );
}

function limitIn(stats: readonly Stat[]): PeerFigures["limitedBy"] {
  const reasons = stats.filter(({ type }) => type === "outbound-rtp").map((stat) => stat.qualityLimitationReason);
  return reasons.includes("cpu") ? "cpu" : reasons.includes("bandwidth") ? "bandwidth" : null;
}

function numberIn(stat: Stat, field: string): number {
  const value = stat[field];
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}

/** The platform's type for a report says nothing of what is in it. */
function statsIn(report: RTCStatsReport): Stat[] {
  const stats: Stat[] = [];
  report.forEach((stat: Stat) => {
    stats.push(stat);
  });
  return stats;
}
