import type { REACTIONS } from "@/lib/protocol/limits";
import type { Moderate } from "@/lib/protocol/moderation";
import type { Emitter } from "../emitter";
import type { Credentials, Frame } from "../line/line";
import type { LocalMedia } from "../media/local-media";
import type { QualitySheet } from "../quality/state";
import type { VideoLevel } from "../route";
import type { CallEvents, CallState, JoinRequest, ParticipantRef } from "../state";
import type { Readable } from "../store";

export type CallOptions = {
  /** Where Parley is. Left out, where the page came from. */
  url?: string;
  /** Who opens the line: a key, a token, or, from our own pages, the cookie. Asked again for each new line. */
  credentials?: Credentials | (() => Credentials | Promise<Credentials>);
  /** Names the device, so that a reload takes its own place again. Left out, one is kept for the tab. */
  deviceId?: string;
  /** Devices that a page before the call has opened already. */
  local?: LocalMedia;
  /** `relay` reaches the others through a relay only, so that they do not learn this address. */
  transportPolicy?: RTCIceTransportPolicy;
};

/** One call, from the first knock to the end. Everything that changes is in `getSnapshot()`, and then told by `on`. */
export type Call = Readable<CallState> & {
  on: Emitter<CallEvents>["on"];
  readonly local: LocalMedia;
  readonly quality: Readable<QualitySheet>;
  /** Who speaks just now, yourself included. */
  readonly speaking: Readable<ReadonlySet<ParticipantRef>>;

  /** Opens the line without going anywhere yet. `join` does it too. */
  connect(): Promise<void>;
  /** Comes in. In a room with a door it returns once somebody opened it; a refusal is thrown, and in `refused`. */
  join(request: JoinRequest): Promise<void>;
  /** May be called at any time and more than once. What was opened here is closed; `local` that was given stays open. */
  leave(): Promise<void>;
  /** Tries the server at once instead of after the countdown. */
  retryNow(): void;
  /** Breaks the line to the server as a bad network would, for so long; for pages that show what happens then. */
  breakLine(forMs?: number): void;
  /** Loses the connections to the others, as where the way to them is gone; for the same pages. */
  breakConnections(): void;
  /** Hears every message to and from the server. */
  tap(listener: (frame: Frame) => void): () => void;

  say(text: string): Promise<void>;
  deleteMessage(id: string): Promise<void>;
  react(emoji: (typeof REACTIONS)[number]): void;
  caption(said: { text: string; final: boolean; lang?: string }): void;
  raiseHand(isUp: boolean): Promise<void>;
  rename(name: string): Promise<void>;
  moderate(act: Moderate): Promise<void>;
  admit(knockId: string): Promise<void>;
  reject(knockId: string): Promise<void>;

  /** The most that you send to everybody. */
  limitVideo(level: VideoLevel): void;
  /** The most that you want of somebody; small tiles need less. */
  wantVideo(id: ParticipantRef, level: Exclude<VideoLevel, "auto">): void;
  /** For a page that closes: says so in a way that outlives it. */
  leaveByBeacon(): void;
};
