import type { JoinedRoom } from "@/lib/protocol/rooms";
import { MultimediaError } from "../error";
import type { LineNews } from "../line/line";
import type { CallState, Ended, JoinRequest } from "../state";
import { placed, seated } from "./apply";
import { idOf } from "./commands";
import type { IceBook } from "./ice";
import { correctMedia, mediaOf } from "./own-media";
import { type CallParts, personIn } from "./parts";
import type { RouteHouse } from "./route-house";

type Seat = Pick<JoinedRoom, "roomId" | "participantId" | "resumeToken">;

export type VisitParts = CallParts & {
  ice: IceBook;
  routes: RouteHouse;
  deviceId: string;
  sendWaiting(): Promise<void>;
};

/** These may be otherwise a moment later; anything else that is refused stays refused. */
const PASSING = new Set(["timeout", "not_connected", "unavailable", "internal", "rate_limited", "conflict"]);
const AGAIN_MS = 1_000;

/** Coming in, coming back, and going. */
export class Visit implements LineNews {
  readonly #parts: VisitParts;
  #wanted: JoinRequest | undefined;
  #seat: Seat | undefined;
  #seq = 0;
  /** Rises with each join and each end, so that what was overtaken ends without effect. */
  #generation = 0;
  #doorOpened: ((isAdmitted: boolean) => void) | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: VisitParts) {
    this.#parts = parts;
    parts.line.on("knock-result", ({ admitted }) => this.#doorOpened?.(admitted));
  }

  get seat(): Seat | undefined {
    return this.#seat;
  }

  async join(request: JoinRequest): Promise<void> {
    this.#generation += 1;
    const generation = this.#generation;
    this.#wanted = request;
    this.#patch({ phase: "connecting", ended: null, refused: null });
    try {
      await this.#parts.line.open();
      this.#stillWanted(generation);
      await this.#enter(generation);
    } catch (error) {
      if (generation === this.#generation && error instanceof MultimediaError)
        this.#patch({ phase: "idle", refused: error });
      throw error;
    }
  }

  leave(): void {
    const { line, local } = this.#parts;
    // The line closes right after it, which says the same; the answer is not worth a wait.
    if (line.isOpen && (this.#seat || this.#doorOpened)) line.ask("leave-room", {}).catch(() => undefined);
    this.end({ reason: "left", message: "You left the call." });
    local.stopScreen();
  }

  end(ended: Ended): void {
    this.#generation += 1;
    this.#wanted = undefined;
    this.#doorOpened?.(false);
    clearTimeout(this.#again);
    const wasThere = this.#seat !== undefined || this.#parts.store.getSnapshot().phase !== "idle";
    this.#seat = undefined;
    this.#parts.routes.close();
    this.#parts.line.close();
    if (!wasThere || this.#parts.store.getSnapshot().phase === "ended") return;
    this.#patch({ phase: "ended", ended, reconnect: null, people: [], knocks: [], self: null });
    this.#parts.events.emit("ended", ended);
  }

  /** Whether an event of the room comes after what is known; where one is missing, all is asked for again. */
  isNext(seq: number): boolean {
    if (!this.#seat || seq <= this.#seq) return false;
    if (seq > this.#seq + 1) void this.#askState();
    this.#seq = seq;
    return true;
  }

  onOpen(): void {
    if (this.#seat) void this.#comeBack(this.#generation);
  }

  onLost(): void {
    if (this.#seat) this.#patch({ phase: "reconnecting" });
    else if (this.#doorOpened) this.#doorOpened(true); // asks to come in again, over the next line
  }

  onWaiting({ attempt, nextAtMs }: { attempt: number; nextAtMs: number }): void {
    const sinceMs = this.#parts.store.getSnapshot().reconnect?.sinceMs ?? Date.now();
    this.#patch({ reconnect: { attempt, nextAtMs, sinceMs } });
    if (this.#seat) this.#parts.events.emit("reconnecting", { attempt });
  }

  onRefused({ message }: MultimediaError): void {
    if (this.#seat) this.end({ reason: "refused", message });
  }

  /** Asks to come in, and where there is a door, waits before it. */
  async #enter(generation: number): Promise<void> {
    for (;;) {
      try {
        const joined = await this.#parts.line.ask("join-room", this.#introduction());
        this.#stillWanted(generation);
        return this.#sit(joined);
      } catch (error) {
        if (!(error instanceof MultimediaError) || error.code !== "waiting") throw error;
        this.#stillWanted(generation);
        const isAdmitted = await this.#waitAtDoor();
        this.#stillWanted(generation);
        if (!isAdmitted) throw new MultimediaError("forbidden", "Nobody let you in this time.");
        await this.#parts.line.open();
      }
    }
  }

  #introduction() {
    const { roomId = "", name = "", type, move = false } = this.#wanted ?? {};
    const { deviceId } = this.#parts;
    const asked = { roomId: idOf("room", roomId), name, deviceId, move, media: mediaOf(this.#parts) };
    return type === undefined ? asked : { ...asked, type };
  }

  async #waitAtDoor(): Promise<boolean> {
    this.#patch({ phase: "waiting" });
    this.#parts.events.emit("waiting", { roomId: this.#wanted?.roomId ?? "" });
    const opened = await new Promise<boolean>((tell) => {
      this.#doorOpened = tell;
    });
    this.#doorOpened = undefined;
    return opened;
  }

  #sit(joined: JoinedRoom): void {
    const { store, events, routes } = this.#parts;
    store.set({ ...store.getSnapshot(), people: [] });
    this.#take(joined);
    routes.open(joined);
    for (const { id, polite } of joined.participants) routes.route?.meet({ id, polite, offers: true });
    events.emit("joined", { roomId: joined.roomId, participantId: joined.participantId });
    void correctMedia(this.#parts).catch(() => undefined);
  }

  #take(joined: JoinedRoom): void {
    const { store, ice } = this.#parts;
    const { roomId, participantId, resumeToken, seq } = joined;
    this.#seat = { roomId, participantId, resumeToken };
    this.#seq = seq;
    ice.take(joined);
    store.set(seated(store.getSnapshot(), joined));
  }

  async #comeBack(generation: number): Promise<void> {
    const { line, routes, events, sendWaiting } = this.#parts;
    clearTimeout(this.#again);
    if (!this.#seat) return;
    try {
      const joined = await line.ask("resume-room", { ...this.#seat, lastSeq: this.#seq });
      this.#stillWanted(generation);
      this.#take(joined);
      routes.keep(joined);
      routes.route?.signallingIsBack();
    } catch (error) {
      if (generation !== this.#generation) return;
      if (!(await this.#comeInAnew(error, generation))) return;
    }
    events.emit("reconnected", { roomId: this.#wanted?.roomId ?? "" });
    await correctMedia(this.#parts).catch(() => undefined);
    await sendWaiting();
  }

  /** Too late to be the same person: comes in as a new one. Says whether that went well. */
  async #comeInAnew(cause: unknown, generation: number): Promise<boolean> {
    if (cause instanceof MultimediaError && cause.code !== "expired" && PASSING.has(cause.code)) {
      this.#tryAgain(cause, generation);
      return false;
    }
    try {
      await this.#enter(generation);
      return true;
    } catch (error) {
      if (generation !== this.#generation) return false;
      if (error instanceof MultimediaError && PASSING.has(error.code)) this.#tryAgain(error, generation);
      else this.end({ reason: "lost", message: error instanceof Error ? error.message : "The call was lost." });
      return false;
    }
  }

  #tryAgain({ retryAfterMs = AGAIN_MS }: MultimediaError, generation: number): void {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => {
      if (generation === this.#generation && this.#parts.line.isOpen) void this.#comeBack(generation);
    }, retryAfterMs);
  }

  async #askState(): Promise<void> {
    const { line, store, routes } = this.#parts;
    try {
      const state = await line.ask("room-state", {});
      if (state.seq < this.#seq) return this.#askState();
      this.#seq = state.seq;
      store.set(placed(store.getSnapshot(), state));
      routes.keep(state);
    } catch {
      // The line is down or the place is gone; coming back brings the whole state.
    }
  }

  #stillWanted(generation: number): void {
    if (generation !== this.#generation) throw new MultimediaError("left", "The call was left.");
  }

  #patch(change: Partial<CallState>): void {
    const { store } = this.#parts;
    store.set({ ...store.getSnapshot(), ...change });
  }
}

/** Whether somebody has to send anything just now; of whom nothing is expected, nothing is missed. */
export function expectedOf(parts: CallParts, id: Parameters<typeof personIn>[1]) {
  const person = personIn(parts, id);
  return person && { sendsAudio: person.media.audio, sendsVideo: person.media.video };
}
