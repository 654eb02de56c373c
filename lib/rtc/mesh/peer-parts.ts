import type { IceServer } from "@/lib/protocol/room-parts";
import type { RelaySignal } from "../line/signals";
import type { Source } from "../route";
import type { PeerLink } from "../state";

/** What a connection to one other person stands on. */
export type PeerParts = {
  signal(signal: RelaySignal): Promise<void>;
  iceServers(): Promise<IceServer[]>;
  canSignal(): boolean;
  sources: readonly Source[];
  transportPolicy: RTCIceTransportPolicy;
  tracks: ReadonlyMap<Source, MediaStreamTrack | null>;
  maySend(): boolean;
  onTrack(source: Source, track: MediaStreamTrack): void;
  onLink(link: PeerLink): void;
  onTold(text: string): void;
  /** Senders are there, and may be told how much to send. */
  onAgreed(): void;
};
