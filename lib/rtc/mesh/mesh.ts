import type { RelaySignal } from "../line/signals";
import type { Measured, Reach, Route, RouteParts, Source, VideoLevel } from "../route";
import type { ParticipantRef } from "../state";
import { Peer } from "./peer";
import type { PeerParts } from "./peer-parts";
import { Shaper } from "./shaper";

/** Everybody sends to everybody, from browser to browser. */
export class Mesh implements Route {
  readonly #parts: RouteParts;
  readonly #peers = new Map<ParticipantRef, Peer>();
  readonly #tracks = new Map<Source, MediaStreamTrack | null>();
  readonly #shaper = new Shaper();
  #isAllowed = true;

  constructor(parts: RouteParts) {
    this.#parts = parts;
  }

  meet(reach: Reach): void {
    this.#peers.get(reach.id)?.close();
    this.#peers.set(reach.id, new Peer(reach, this.#partsFor(reach.id)));
    this.#shape();
  }

  keepOnly(ids: ReadonlySet<ParticipantRef>): void {
    for (const id of [...this.#peers.keys()]) if (!ids.has(id)) this.part(id);
  }

  has(id: ParticipantRef): boolean {
    return this.#peers.has(id);
  }

  part(id: ParticipantRef): void {
    this.#peers.get(id)?.close();
    this.#peers.delete(id);
    this.#shaper.forget(id);
    this.#shape();
  }

  hear(signal: RelaySignal): void {
    void this.#peers.get(signal.peer)?.hear(signal);
  }

  send(source: Source, track: MediaStreamTrack | null): void {
    this.#tracks.set(source, track);
    for (const peer of this.#peers.values()) void peer.send(source, track).then(() => this.#shape());
  }

  allowSending(isAllowed: boolean): void {
    if (isAllowed === this.#isAllowed) return;
    this.#isAllowed = isAllowed;
    for (const peer of this.#peers.values()) void peer.redirect();
  }

  limitVideo(level: VideoLevel): void {
    this.#shaper.limit(level);
    this.#shape();
  }

  limitVideoTo(id: ParticipantRef, level: Exclude<VideoLevel, "auto">): void {
    this.#shaper.limitTo(id, level);
    this.#shape();
  }

  tell(text: string): void {
    for (const peer of this.#peers.values()) peer.tell(text);
  }

  signallingIsBack(): void {
    for (const peer of this.#peers.values()) peer.hurry();
  }

  restart(): void {
    for (const peer of this.#peers.values()) void peer.restart();
  }

  lose(): void {
    for (const peer of this.#peers.values()) peer.lose();
  }

  async measure(): Promise<Measured[]> {
    const measured = [...this.#peers].map(async ([id, peer]) => {
      const report = await peer.connection?.getStats();
      return report ? [{ id, report }] : [];
    });
    const reports = (await Promise.all(measured)).flat();
    if (this.#shaper.learn(reports)) this.#shape();
    return reports;
  }

  levels(): ReadonlyMap<ParticipantRef, number> {
    return new Map([...this.#peers].map(([id, peer]) => [id, loudnessOf(peer.laneOf("microphone"))]));
  }

  close(): void {
    for (const peer of this.#peers.values()) peer.close();
    this.#peers.clear();
  }

  #partsFor(id: ParticipantRef): PeerParts {
    const { signal, iceServers, canSignal, sources, transportPolicy, onTrack, onLink, onTold } = this.#parts;
    return {
      ...{ signal, iceServers, canSignal, sources, transportPolicy },
      tracks: this.#tracks,
      maySend: () => this.#isAllowed,
      onTrack: (source, track) => onTrack(id, source, track),
      onLink: (link) => onLink(id, link),
      onTold: (text) => onTold(id, text),
      onAgreed: () => this.#shape(),
    };
  }

  #shape(): void {
    for (const [id, peer] of this.#peers) {
      const sender = peer.laneOf("camera")?.sender;
      if (sender) this.#shaper.apply(id, sender, this.#peers.size);
    }
  }
}

/** As the packets themselves say, so that no sound has to be decoded twice. */
function loudnessOf(lane: RTCRtpTransceiver | undefined): number {
  const [source] = lane?.receiver.getSynchronizationSources() ?? [];
  return source?.audioLevel ?? 0;
}
