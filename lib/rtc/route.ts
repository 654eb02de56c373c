import type { IceServer } from "@/lib/protocol/room-parts";
import type { RelaySignal } from "./line/signals";
import type { ParticipantRef, PeerLink } from "./state";

/** What somebody may send, in the order of the media lines of a connection. */
export const SOURCES = ["microphone", "camera", "screen", "screen-audio"] as const;
export type Source = (typeof SOURCES)[number];

export const kindOf = (source: Source): "audio" | "video" =>
  source === "microphone" || source === "screen-audio" ? "audio" : "video";

export type VideoLevel = "auto" | "high" | "medium" | "low" | "off";

/** Another person, as far as carrying media to them needs to know. */
export type Reach = {
  id: ParticipantRef;
  /** Where two offers meet, we give way. */
  polite: boolean;
  /** We are the one that came later, and make the first offer. */
  offers: boolean;
};

/**
 * How the media of a room is carried. From browser to browser is one way; whatever comes beside it speaks the same
 * words, so that nothing above it knows which one it is.
 */
export type Route = {
  has(id: ParticipantRef): boolean;
  meet(reach: Reach): void;
  /** The others as of now; whoever is not among them is let go. */
  keepOnly(ids: ReadonlySet<ParticipantRef>): void;
  part(id: ParticipantRef): void;
  /** One thing that the other end said, in the order in which it was said. */
  hear(signal: RelaySignal): void;
  send(source: Source, track: MediaStreamTrack | null): void;
  /** Whether this end may send at all. */
  allowSending(isAllowed: boolean): void;
  /** The most that is sent to everybody. */
  limitVideo(level: VideoLevel): void;
  /** The most that one of them wants. */
  limitVideoTo(id: ParticipantRef, level: Exclude<VideoLevel, "auto">): void;
  /** To everybody, past the server. Whether it arrives is not known. */
  tell(text: string): void;
  /** The server can be reached again: what waited for an answer is said once more. */
  signallingIsBack(): void;
  /** The network under us changed. */
  restart(): void;
  /** Every connection is lost at once. Each is made again. */
  lose(): void;
  measure(): Promise<Measured[]>;
  /** How loud each of the others is at this moment, from 0 to 1. */
  levels(): ReadonlyMap<ParticipantRef, number>;
  close(): void;
};

export type Measured = { id: ParticipantRef; report: RTCStatsReport };

/** What a route stands on. */
export type RouteParts = {
  signal(signal: RelaySignal): Promise<void>;
  /** Credentials that are still good. */
  iceServers(): Promise<IceServer[]>;
  canSignal(): boolean;
  /** Voice rooms carry one line of sound. */
  sources: readonly Source[];
  onTrack(from: ParticipantRef, source: Source, track: MediaStreamTrack): void;
  onLink(id: ParticipantRef, link: PeerLink): void;
  onTold(from: ParticipantRef, text: string): void;
  /** `relay`: past nobody's own address. */
  transportPolicy: RTCIceTransportPolicy;
};
