import type { ParticipantRef, QualityLevel } from "../state";

/** Figures of one direction over the last two seconds. */
export type Flow = {
  kbps: number;
  lossPercent: number;
  jitterMs: number;
  fps: number;
  width: number;
  height: number;
};

export type PeerFigures = {
  id: ParticipantRef;
  /** 0 to 100; falls fast and rises slowly. */
  score: number;
  level: QualityLevel;
  reason: QualityReason | null;
  rttMs: number | null;
  route: "direct" | "relay" | null;
  protocol: string | null;
  audioIn: Flow;
  videoIn: Flow;
  audioOut: Flow;
  videoOut: Flow;
  availableOutKbps: number | null;
  limitedBy: "cpu" | "bandwidth" | null;
};

export type QualityReason =
  | "their_upload"
  | "your_download"
  | "your_upload"
  | "delay"
  | "nothing_arrives"
  | "your_computer";

/** Measured every two seconds, and kept apart from the call's state so that figures redraw figures alone. */
export type QualitySheet = { people: ReadonlyMap<ParticipantRef, PeerFigures>; atMs: number };
