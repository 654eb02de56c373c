import { LIMITS } from "@/lib/protocol/limits";
import type { Candidate } from "@/lib/protocol/room-parts";

export type Tagged = { ufrag: string | undefined; candidate: Candidate };

const MOST_HELD = 400;

/**
 * Candidates of the other end. Those of a description that is not there yet wait for it; those of one that is gone are
 * dropped.
 */
export class CandidateQueue {
  #current: string | undefined;
  #past = new Set<string>();
  #held: Tagged[] = [];

  /** Hands back what may be added now. */
  take(batch: readonly Tagged[]): Candidate[] {
    const ready: Candidate[] = [];
    for (const tagged of batch) {
      const { ufrag, candidate } = tagged;
      if (ufrag !== undefined && this.#past.has(ufrag)) continue;
      if (this.#current !== undefined && (ufrag === undefined || ufrag === this.#current)) ready.push(candidate);
      else if (this.#held.length < MOST_HELD) this.#held.push(tagged);
    }
    return ready;
  }

  /** A description of the other end is in place: what waited for it may be added. */
  describe(ufrag: string | undefined): Candidate[] {
    const next = ufrag ?? "";
    if (this.#current !== undefined && this.#current !== next) this.#past.add(this.#current);
    this.#current = next;
    return this.take(this.#held.splice(0));
  }

  clear(): void {
    this.#current = undefined;
    this.#past.clear();
    this.#held = [];
  }
}

export const ufragOf = (sdp: string): string | undefined => /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1];

/** A candidate says itself to which description it belongs, in one of two places. */
export const ufragOfCandidate = ({ candidate, usernameFragment }: Candidate): string | undefined =>
  usernameFragment ?? / ufrag (\S+)/.exec(candidate)?.[1];

/** No more than the server takes at once. */
export function inBatches<T>(all: readonly T[]): T[][] {
  const batches: T[][] = [];
  for (let at = 0; at < all.length; at += LIMITS.candidatesAtOnce)
    batches.push(all.slice(at, at + LIMITS.candidatesAtOnce));
  return batches;
}
