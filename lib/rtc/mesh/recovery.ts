import type { After } from "./after";

export type Step = "restart" | "rebuild";

const DISCONNECTED_MS = 2_000;
/** The end that did not make the last offer lets the other one go first. */
const YIELD_MS = 2_000;
const CONNECT_MS = 15_000;
/** From here on a page says that it does not work, while it is tried on. */
const HOPELESS_ATTEMPTS = 3;

export type RecoveryParts = { take(step: Step): void; isLeader(): boolean; canSignal(): boolean; after: After };

/**
 * When to mend a connection, and how: two seconds of silence are waited out, then the way is looked for again, and
 * where that does not help a new connection is made. Nothing is tried while the server cannot be reached.
 */
export class Recovery {
  readonly #parts: RecoveryParts;
  #forget: () => void = () => undefined;
  #attempts = 0;
  #isSound = false;

  constructor(parts: RecoveryParts) {
    this.#parts = parts;
  }

  get isHopeless(): boolean {
    return this.#attempts >= HOPELESS_ATTEMPTS;
  }

  /** A first attempt, or another one, is under way. */
  begun(): void {
    this.#isSound = false;
    this.#plan("rebuild", CONNECT_MS + this.#yieldMs());
  }

  heard(state: RTCPeerConnectionState): void {
    if (state === "connected") {
      this.#isSound = true;
      this.#attempts = 0;
      this.#forget();
      return;
    }
    const wasSound = this.#isSound;
    if (state === "disconnected" && wasSound) {
      this.#isSound = false;
      this.#plan("restart", DISCONNECTED_MS + this.#yieldMs());
    }
    if (state === "failed") {
      this.#isSound = false;
      this.#plan(this.#attempts === 0 ? "restart" : "rebuild", this.#yieldMs());
    }
  }

  /** The connection is gone beyond mending. */
  lost(): void {
    this.#isSound = false;
    this.#plan("rebuild", DISCONNECTED_MS + this.#yieldMs());
  }

  /** The network changed, or the server is back: what is not sound is mended now. */
  hurry(): void {
    if (!this.#isSound) this.#plan(this.#attempts === 0 ? "restart" : "rebuild", this.#yieldMs());
  }

  close(): void {
    this.#forget();
  }

  #plan(step: Step, waitMs: number): void {
    this.#forget();
    this.#forget = this.#parts.after(waitMs, () => this.#act(step));
  }

  #act(step: Step): void {
    // What was missed meanwhile is made up for by `hurry`, when the server is back.
    if (!this.#parts.canSignal()) return;
    this.#attempts += 1;
    this.#plan("rebuild", CONNECT_MS + this.#yieldMs());
    this.#parts.take(step);
  }

  #yieldMs(): number {
    return this.#parts.isLeader() ? 0 : YIELD_MS;
  }
}
