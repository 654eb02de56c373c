import { io, type Socket } from "socket.io-client";
import type { Ack, SocketErrorCode } from "@/lib/protocol/ack";
import type { RoomCallName, RoomClientEvents, RoomOutput, RoomServerEvents } from "@/lib/protocol/rooms";
import { type CallErrorCode, MultimediaError } from "../error";
import { masked } from "../masked";
import { waitBefore } from "./backoff";

export type Credentials = { apiKey?: string; token?: string };

export type LineInput<K extends RoomCallName> = Parameters<RoomClientEvents[K]>[0];

export type LineNews = {
  /** Open again, or for the first time. */
  onOpen(): void;
  onLost(): void;
  /** An attempt is planned. */
  onWaiting(plan: { attempt: number; nextAtMs: number }): void;
  /** What was shown has run out. The next attempt shows what there is then. */
  onExpired?(): void;
  /** No attempt can help. */
  onRefused(error: MultimediaError): void;
};

/** One message as it passed: asked by this page, answered to it, or told to it unasked. What is secret is masked. */
export type Frame = {
  direction: "in" | "out";
  kind: "ask" | "answer" | "told";
  name: string;
  body: unknown;
  atMs: number;
};

export type LineOptions = { url?: string; credentials(): Credentials | Promise<Credentials>; news: LineNews };

const ANSWER_MS = 15_000;

const MOST_EXPIRED = 2;

/**
 * A line to the server that comes back by itself. What is asked while it is down is refused at once, never kept: an
 * offer that arrives late would meet somebody else's connection.
 */
export class Line {
  readonly #socket: Socket<RoomServerEvents, RoomClientEvents>;
  readonly #news: LineNews;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #expired = 0;
  #isWanted = false;
  #askedToWaitMs: number | undefined;
  readonly #taps = new Set<(frame: Frame) => void>();
  #cutUntilMs = 0;
  #waiters: { resolve(): void; reject(error: MultimediaError): void }[] = [];

  constructor({ url, credentials, news }: LineOptions) {
    this.#news = news;
    const options = {
      autoConnect: false,
      forceNew: true,
      reconnection: false,
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      auth: (show: (shown: Credentials) => void) => void shownTo(credentials, show),
    };
    this.#socket = url === undefined ? io(options) : io(url, options);
    this.#socket.on("connect", () => this.#opened());
    this.#socket.on("disconnect", () => this.#lost());
    this.#socket.on("connect_error", (error) => this.#failed(error));
    this.#socket.onAny((name: string, body: unknown) => this.#pass("told", name, body));
    this.#socket.on("server-shutdown", ({ reconnectInMs }) => {
      this.#askedToWaitMs = reconnectInMs;
    });
  }

  get isOpen(): boolean {
    return this.#socket.connected;
  }

  /** Resolves once the line is open, however many attempts that takes; throws where it is refused for good. */
  open(): Promise<void> {
    if (this.isOpen) return Promise.resolve();
    const opened = new Promise<void>((resolve, reject) => this.#waiters.push({ resolve, reject }));
    if (!this.#isWanted) {
      this.#isWanted = true;
      this.#attempt = 1;
      this.#connect();
    }
    return opened;
  }

  close(): void {
    this.#isWanted = false;
    this.#cutUntilMs = 0;
    this.#forgetPlan();
    this.#socket.disconnect();
    this.#settle(new MultimediaError("left", "The call was left."));
  }

  /** Breaks the line as a bad network would, and keeps it broken for so long. Then it comes back by itself. */
  cut(forMs = 0): void {
    this.#cutUntilMs = performance.now() + forMs;
    this.#socket.io.engine?.close();
    if (forMs > 0) setTimeout(() => this.retryNow(), forMs);
  }

  /** Hears every frame as it passes. Nothing is copied while nobody does. */
  tap(listener: (frame: Frame) => void): () => void {
    const own = (frame: Frame) => listener(frame);
    this.#taps.add(own);
    return () => void this.#taps.delete(own);
  }

  retryNow(): void {
    if (this.#timer === undefined) return;
    this.#connect();
  }

  on<K extends keyof RoomServerEvents>(name: K, listener: RoomServerEvents[K]): void {
    // The library's own types know each name alone and not a name that is a parameter.
    (this.#socket as unknown as { on(name: K, listener: RoomServerEvents[K]): void }).on(name, listener);
  }

  async ask<K extends RoomCallName>(name: K, input: LineInput<K>): Promise<RoomOutput<K>> {
    if (!this.isOpen) throw new MultimediaError("not_connected", "The server cannot be reached just now.");
    this.#pass("ask", name, input);
    const reply = await this.#emit(name, input);
    this.#pass("answer", name, reply);
    if (reply.ok) return reply.data;
    const { code, message, retryAfterMs, details } = reply.error;
    throw new MultimediaError(code, message, {
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      ...(details && { details }),
    });
  }

  async #emit<K extends RoomCallName>(name: K, input: LineInput<K>): Promise<Ack<RoomOutput<K>>> {
    // As above; and with a limit on the wait the library rejects instead of never answering.
    const limited = this.#socket.timeout(ANSWER_MS) as unknown as {
      emitWithAck(name: K, input: LineInput<K>): Promise<Ack<RoomOutput<K>>>;
    };
    try {
      return await limited.emitWithAck(name, input);
    } catch (cause) {
      throw new MultimediaError("timeout", "The server did not answer in time.", { cause });
    }
  }

  #opened(): void {
    this.#socket.sendBuffer = [];
    this.#attempt = 0;
    this.#expired = 0;
    this.#askedToWaitMs = undefined;
    this.#settle();
    this.#news.onOpen();
  }

  #lost(): void {
    if (!this.#isWanted) return;
    this.#news.onLost();
    this.#plan(this.#askedToWaitMs);
  }

  #failed(error: Error & { data?: { code?: string; retryAfterMs?: number } }): void {
    if (!this.#isWanted) return;
    const { code, retryAfterMs } = error.data ?? {};
    if (code === "token_expired") this.#news.onExpired?.();
    if (code !== undefined && this.#isFinal(spoken(code))) {
      this.#isWanted = false;
      const refusal = new MultimediaError(spoken(code), error.message, { cause: error });
      this.#settle(refusal);
      this.#news.onRefused(refusal);
    } else {
      this.#plan(retryAfterMs);
    }
  }

  #plan(atLeastMs = 0): void {
    this.#attempt += 1;
    const waitMs = Math.max(waitBefore(this.#attempt, Math.random()), atLeastMs);
    this.#forgetPlan();
    this.#timer = setTimeout(() => this.#connect(), waitMs);
    this.#news.onWaiting({ attempt: this.#attempt, nextAtMs: Date.now() + waitMs });
  }

  #connect(): void {
    this.#forgetPlan();
    if (performance.now() < this.#cutUntilMs) this.#plan();
    else this.#socket.connect();
  }

  #pass(kind: Frame["kind"], name: string, body: unknown): void {
    if (this.#taps.size === 0) return;
    const frame: Frame = { direction: kind === "ask" ? "out" : "in", kind, name, body: masked(body), atMs: Date.now() };
    // Each in a turn of its own, so that one that throws stops neither the call nor the others.
    for (const tell of this.#taps) queueMicrotask(() => tell(frame));
  }

  #forgetPlan(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** A token that ran out is asked for again at the next attempt; one that stays expired is refused for good. */
  #isFinal(code: CallErrorCode): boolean {
    if (code === "token_expired") this.#expired += 1;
    return code === "unauthorized" || code === "forbidden" || this.#expired > MOST_EXPIRED;
  }

  #settle(error?: MultimediaError): void {
    for (const { resolve, reject } of this.#waiters.splice(0)) error ? reject(error) : resolve();
  }
}

async function shownTo(credentials: LineOptions["credentials"], show: (shown: Credentials) => void): Promise<void> {
  try {
    show({ ...(await credentials()) });
  } catch {
    // The page could not get a token; the server's refusal says so, and the next attempt asks again.
    show({});
  }
}

/** The door speaks the words of the API; a call speaks those of the socket. */
const DOOR_WORDS: Record<string, SocketErrorCode> = {
  unauthenticated: "unauthorized",
  invalid_key: "unauthorized",
  origin_not_allowed: "forbidden",
  token_expired: "token_expired",
  too_many_sockets: "rate_limited",
  forbidden: "forbidden",
};

const spoken = (code: string): CallErrorCode => DOOR_WORDS[code] ?? "unavailable";
