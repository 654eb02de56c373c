import type { IceServer } from "@/lib/protocol/room-parts";
import type { Line } from "../line/line";

type Given = { iceServers: IceServer[]; iceTtlMs: number };

/** Credentials are asked for again once this much of their time is over. */
const USED_UP = 0.8;

/** Where to find a relay, with credentials that are still good. */
export class IceBook {
  readonly #line: Line;
  #servers: IceServer[] = [];
  #freshUntilMs = 0;

  constructor(line: Line) {
    this.#line = line;
  }

  take({ iceServers, iceTtlMs }: Given): void {
    this.#servers = iceServers;
    this.#freshUntilMs = performance.now() + iceTtlMs * USED_UP;
  }

  /** Those that are there, where the server cannot be asked. */
  servers = async (): Promise<IceServer[]> => {
    if (performance.now() < this.#freshUntilMs || !this.#line.isOpen) return this.#servers;
    try {
      this.take(await this.#line.ask("turn-refresh", {}));
    } catch {
      // The ones before may still be good; if they are not, the connection says so.
    }
    return this.#servers;
  };
}
