import type { Candidate } from "@/lib/protocol/room-parts";
import type { RelaySignal } from "../line/signals";
import { CandidateQueue, ufragOf, ufragOfCandidate } from "./candidates";
import { plainCandidate } from "./wire";

type Said = Extract<RelaySignal, { kind: "candidates" }>;

/** Puts the other end's candidates into a connection, once it has the description that they belong to. */
export class Arriving {
  readonly #queue = new CandidateQueue();

  async describe(pc: RTCPeerConnection, sdp: string): Promise<void> {
    await add(pc, this.#queue.describe(ufragOf(sdp)));
  }

  async take(pc: RTCPeerConnection | undefined, { candidates, negotiation }: Said): Promise<void> {
    const tagged = candidates.map((candidate) => ({
      candidate,
      ufrag: ufragOfCandidate(candidate) ?? negotiation.ufrag,
    }));
    const ready = this.#queue.take(tagged);
    if (pc) await add(pc, ready);
  }

  clear(): void {
    this.#queue.clear();
  }
}

async function add(pc: RTCPeerConnection, candidates: readonly Candidate[]): Promise<void> {
  for (const candidate of candidates) {
    try {
      await pc.addIceCandidate(plainCandidate(candidate));
    } catch {
      // Of an offer that was not taken, or of a form that this browser does not know; the others may do.
    }
  }
}
