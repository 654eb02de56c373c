import type { Candidate } from "@/lib/protocol/room-parts";
import type { RelaySignal } from "../line/signals";
import { type Reach, SOURCES, type Source } from "../route";
import type { PeerLink } from "../state";
import { after } from "./after";
import { Arriving } from "./arriving";
import { ufragOf } from "./candidates";
import { Gathering } from "./gathering";
import { inTurn } from "./in-turn";
import { arrives, describeLanes, type Lanes, openLanes, readLanes } from "./lanes";
import type { PeerParts } from "./peer-parts";
import { Recovery } from "./recovery";
import { answerTurn, isAnswerTo, judgeOffer, newConnectionName, offerTurn, readTurn } from "./turn";
import { configurationOf } from "./wire";

type Said = Extract<RelaySignal, { kind: "offer" | "answer" }>;

const UNANSWERED_MS = 5_000;
const RENEGOTIATE_MS = 20;
const TALK = { negotiated: true, id: 0 } as const;

/**
 * The connection to one other person, through everything that can happen to it. All that changes it runs one after
 * another, so that two descriptions never cross inside it; those that cross on the way are judged by `judgeOffer`.
 */
export class Peer {
  readonly #reach: Reach;
  readonly #parts: PeerParts;
  readonly #recovery: Recovery;
  readonly #run = inTurn((error) => this.#stumbled(error));
  readonly #arriving = new Arriving();
  readonly #gathering: Gathering;
  #pc: RTCPeerConnection | undefined;
  #lanes: Lanes = new Map();
  #talk: RTCDataChannel | undefined;
  #name = "";
  #remote: string | undefined;
  #number = 0;
  #pending: string | undefined;
  #hasAgreed = false;
  #leads: boolean;
  #isSounded = false;
  #isClosed = false;
  readonly #timers: { offer?: ReturnType<typeof setTimeout>; again?: ReturnType<typeof setTimeout> } = {};

  constructor(reach: Reach, parts: PeerParts) {
    this.#reach = reach;
    this.#parts = parts;
    this.#leads = reach.offers;
    this.#gathering = new Gathering({
      inTurn: this.#run,
      ufrag: () => ufragOf(this.#pc?.localDescription?.sdp ?? ""),
      send: (candidates, ufrag) => this.#sayCandidates(candidates, ufrag),
    });
    this.#recovery = new Recovery({
      take: (step) => void (step === "restart" ? this.restart() : this.rebuild()),
      isLeader: () => this.#leads,
      canSignal: parts.canSignal,
      after,
    });
    if (reach.offers) void this.rebuild();
    else this.#recovery.begun();
  }

  get connection(): RTCPeerConnection | undefined {
    return this.#pc;
  }

  laneOf(source: Source): RTCRtpTransceiver | undefined {
    return this.#lanes.get(source);
  }

  hear(signal: RelaySignal): Promise<void> {
    return this.#run(async () => {
      if (this.#isClosed) return;
      if (signal.kind === "offer") return this.#takeOffer(signal);
      if (signal.kind === "answer") return this.#takeAnswer(signal);
      if (signal.kind === "candidates") return this.#arriving.take(this.#pc, signal);
      return this.#offer();
    });
  }

  /** Puts a track on its line, or takes it off; nothing is agreed on anew for that. */
  async send(source: Source, track: MediaStreamTrack | null): Promise<void> {
    await this.#run(async () => this.#lanes.get(source)?.sender.replaceTrack(track));
  }

  /** Whether this end may send has changed. */
  redirect(): Promise<void> {
    return this.#run(async () => {
      for (const lane of this.#lanes.values()) if (lane.direction !== "stopped") lane.direction = this.#direction();
    });
  }

  tell(text: string): void {
    if (this.#talk?.readyState === "open") this.#talk.send(text);
  }

  /** Looks for another way between the two ends; what is agreed on stays. */
  restart(): Promise<void> {
    return this.#run(async () => {
      const pc = this.#pc;
      // A first offer that nobody answered has nothing to restart.
      if (!pc || (pc.signalingState !== "stable" && !this.#hasAgreed)) return this.#anew();
      pc.setConfiguration(await configurationOf(this.#parts));
      pc.restartIce();
      await this.#offer();
    });
  }

  /** Begins afresh, with the same person. */
  rebuild(): Promise<void> {
    return this.#run(() => this.#anew());
  }

  /** Loses the connection, as where the way between the two ends is gone. */
  lose(): void {
    this.#drop();
    this.#recovery.lost();
    this.#parts.onLink(this.#linkNow("disconnected"));
  }

  hurry(): void {
    if (this.#pending !== undefined) void this.#run(async () => this.#sayOffer());
    this.#recovery.hurry();
  }

  close(): void {
    this.#isClosed = true;
    this.#recovery.close();
    this.#drop();
  }

  async #anew(): Promise<void> {
    await this.#renew();
    const pc = this.#pc;
    if (!pc) return;
    this.#lanes = openLanes(pc, this.#parts.sources, this.#direction());
    for (const [source, lane] of this.#lanes) await lane.sender.replaceTrack(this.#parts.tracks.get(source) ?? null);
    this.#openTalk(pc);
    await this.#offer();
  }

  async #renew(): Promise<void> {
    this.#drop();
    const configuration = await configurationOf(this.#parts);
    if (this.#isClosed) return;
    const pc = new RTCPeerConnection(configuration);
    this.#pc = pc;
    this.#name = newConnectionName();
    this.#remote = undefined;
    this.#hasAgreed = false;
    this.#recovery.begun();
    this.#listen(pc);
    this.#parts.onLink(this.#linkNow("connecting"));
  }

  #drop(): void {
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    this.#pending = undefined;
    this.#gathering.clear();
    this.#arriving.clear();
    this.#lanes = new Map();
    this.#talk = undefined;
    this.#pc?.close();
    this.#pc = undefined;
  }

  #listen(pc: RTCPeerConnection): void {
    pc.onicecandidate = ({ candidate }) => {
      if (pc === this.#pc) this.#gathering.take(candidate);
    };
    pc.onnegotiationneeded = () => {
      if (pc !== this.#pc || !this.#hasAgreed) return;
      clearTimeout(this.#timers.again);
      this.#timers.again = setTimeout(() => void this.#run(() => this.#offer()), RENEGOTIATE_MS);
    };
    pc.onconnectionstatechange = () => {
      if (pc !== this.#pc) return;
      this.#recovery.heard(pc.connectionState);
      this.#parts.onLink(this.#linkNow(pc.connectionState));
    };
  }

  #linkNow(state: RTCPeerConnectionState): PeerLink {
    if (state === "connected") {
      this.#isSounded = true;
      return "connected";
    }
    if (this.#recovery.isHopeless) return "failed";
    return this.#isSounded ? "reconnecting" : "connecting";
  }

  #openTalk(pc: RTCPeerConnection): void {
    this.#talk = pc.createDataChannel("talk", TALK);
    this.#talk.onmessage = ({ data }) => typeof data === "string" && this.#parts.onTold(data);
  }

  #direction(): RTCRtpTransceiverDirection {
    return this.#parts.maySend() ? "sendrecv" : "recvonly";
  }

  /** Offers what there is to agree on, unless an offer is out already: what it lacks is offered once that is answered. */
  async #offer(): Promise<void> {
    const pc = this.#pc;
    if (pc?.signalingState !== "stable") return;
    await pc.setLocalDescription();
    this.#number += 1;
    this.#pending = offerTurn(this.#name, this.#number);
    this.#leads = true;
    this.#sayOffer();
  }

  #sayOffer(): void {
    if (this.#pending === undefined || !this.#pc) return;
    this.#say("offer", this.#pending);
    clearTimeout(this.#timers.offer);
    this.#timers.offer = setTimeout(() => void this.#run(async () => this.#sayOffer()), UNANSWERED_MS);
  }

  #say(kind: "offer" | "answer", negId: string): void {
    const sdp = this.#pc?.localDescription?.sdp;
    if (sdp === undefined) return;
    const ufrag = ufragOf(sdp);
    this.#tell({
      kind,
      peer: this.#reach.id,
      sdp,
      negotiation: { negId, tracks: describeLanes(this.#lanes), ...(ufrag !== undefined && { ufrag }) },
    });
  }

  async #takeOffer({ sdp, negotiation }: Said): Promise<void> {
    const turn = readTurn(negotiation.negId);
    const way = judgeOffer({ ...this.#standing(), remote: this.#remote }, turn);
    if (way === "ignore") return;
    if (way === "renew" || !this.#pc) await this.#renew();
    const pc = this.#pc;
    if (!pc) return;
    this.#pending = undefined;
    this.#leads = false;
    this.#remote = turn.offerer;
    await pc.setRemoteDescription({ type: "offer", sdp });
    await this.#arriving.describe(pc, sdp);
    if (!this.#hasAgreed) await this.#takeLanes(pc, sdp, negotiation.tracks);
    await pc.setLocalDescription();
    this.#say("answer", answerTurn(String(negotiation.negId ?? ""), this.#name));
    this.#agreed();
  }

  #standing() {
    const { polite } = this.#reach;
    return { polite, hasOffered: this.#pc?.signalingState === "have-local-offer", hasAgreed: this.#hasAgreed };
  }

  async #takeLanes(pc: RTCPeerConnection, sdp: string, tracks: Said["negotiation"]["tracks"]): Promise<void> {
    this.#lanes = readLanes(pc, tracks);
    for (const [source, lane] of this.#lanes) {
      lane.direction = this.#direction();
      await lane.sender.replaceTrack(this.#parts.tracks.get(source) ?? null);
    }
    if (/^m=application/m.test(sdp)) this.#openTalk(pc);
  }

  async #takeAnswer({ sdp, negotiation }: Said): Promise<void> {
    const pc = this.#pc;
    if (pc?.signalingState !== "have-local-offer" || !isAnswerTo(this.#pending, negotiation.negId)) return;
    clearTimeout(this.#timers.offer);
    this.#pending = undefined;
    this.#remote = readTurn(negotiation.negId).answerer;
    await pc.setRemoteDescription({ type: "answer", sdp });
    await this.#arriving.describe(pc, sdp);
    this.#agreed();
  }

  #agreed(): void {
    this.#hasAgreed = true;
    for (const source of SOURCES) {
      const lane = this.#lanes.get(source);
      if (lane && arrives(lane)) this.#parts.onTrack(source, lane.receiver.track);
    }
    this.#parts.onAgreed();
  }

  #sayCandidates(candidates: Candidate[], ufrag: string | undefined): void {
    const negotiation = { negId: this.#name, ...(ufrag !== undefined && { ufrag }) };
    this.#tell({ kind: "candidates", peer: this.#reach.id, candidates, negotiation });
  }

  /** What cannot be said is said again when the server is back, or when no answer came. */
  #tell(signal: RelaySignal): void {
    this.#parts.signal(signal).catch(() => undefined);
  }

  /** A connection that took something amiss is of no more use. */
  #stumbled(error: unknown): void {
    if (this.#isClosed) return;
    reportError(error);
    this.#recovery.heard("failed");
  }
}
