import type { Candidate } from "@/lib/protocol/room-parts";
import { inBatches, type Tagged, ufragOfCandidate } from "./candidates";

const GATHER_MS = 50;

export type GatheringParts = {
  /** Runs after the description that the candidates belong to was sent. */
  inTurn(work: () => Promise<void>): Promise<void>;
  ufrag(): string | undefined;
  send(batch: Candidate[], ufrag: string | undefined): void;
};

/** Our own candidates, sent a few at a time. Those of a description that was taken back are not sent. */
export class Gathering {
  readonly #parts: GatheringParts;
  #found: Tagged[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: GatheringParts) {
    this.#parts = parts;
  }

  take(found: RTCIceCandidate | null): void {
    if (found === null) return;
    const { candidate = "", sdpMid, sdpMLineIndex, usernameFragment } = found.toJSON();
    const said = { candidate, sdpMid, sdpMLineIndex, usernameFragment };
    this.#found.push({ candidate: said, ufrag: ufragOfCandidate(said) });
    this.#timer ??= setTimeout(() => void this.#parts.inTurn(async () => this.#send()), GATHER_MS);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#found = [];
  }

  #send(): void {
    this.#timer = undefined;
    const ufrag = this.#parts.ufrag();
    const current = this.#found.splice(0).filter((tagged) => tagged.ufrag === undefined || tagged.ufrag === ufrag);
    for (const batch of inBatches(current.map(({ candidate }) => candidate))) this.#parts.send(batch, ufrag);
  }
}
