import { LIMITS } from "@/lib/protocol/limits";
import { MultimediaError } from "../error";
import type { ChatEntry, ParticipantRef } from "../state";
import { unwritten, written } from "./apply";
import { newRef } from "./device-id";
import { type CallParts, nameIn, personIn } from "./parts";

/** What came from a browser directly and that the server never confirmed goes again. */
const UNCONFIRMED_MS = 10_000;

/**
 * Chat goes two ways at once: between browsers, to be there at once, and to the server, which keeps it and has the
 * last word. What cannot be sent waits, and is sent when the server is back; the same message twice is one message.
 */
export class Chat {
  readonly #parts: CallParts;
  readonly #waiting = new Map<string, ChatEntry>();

  constructor(parts: CallParts) {
    this.#parts = parts;
  }

  async say(text: string): Promise<void> {
    const { self } = this.#parts.store.getSnapshot();
    if (!self) throw new MultimediaError("not_in_room", "Join a room first.");
    const entry: ChatEntry = {
      ...{ id: null, from: self.id, userId: self.id, userName: self.name, text, clientId: newRef() },
      ts: Date.now(),
      state: "sending",
    };
    this.#show(entry);
    this.#waiting.set(entry.clientId, entry);
    this.#parts.route()?.tell(JSON.stringify({ say: text, clientId: entry.clientId }));
    await this.#send(entry);
  }

  /** What was written while the server was out of reach. */
  async sendWaiting(): Promise<void> {
    for (const entry of this.#waiting.values()) await this.#send(entry).catch(() => undefined);
  }

  /** Something that a browser said directly. What it says of itself is not believed: whose connection it is counts. */
  told(from: ParticipantRef, said: string): void {
    const words = readSaid(said);
    if (!words || !personIn(this.#parts, from)) return;
    const { text, clientId } = words;
    const userName = nameIn(this.#parts, from);
    this.#show({ id: null, from, userId: from, userName, text, clientId, ts: Date.now(), state: "sending" });
    setTimeout(() => this.#forget(from, clientId), UNCONFIRMED_MS);
  }

  async #send(entry: ChatEntry): Promise<void> {
    const { text, clientId } = entry;
    try {
      const message = await this.#parts.line.ask("chat-message", { text, clientId });
      this.#waiting.delete(clientId);
      this.#show({ ...message, state: "sent" });
    } catch (error) {
      const isOffline =
        error instanceof MultimediaError && (error.code === "not_connected" || error.code === "timeout");
      if (isOffline) return;
      this.#waiting.delete(clientId);
      this.#show({ ...entry, state: "failed" });
      throw error;
    }
  }

  #show(entry: ChatEntry): void {
    const { store } = this.#parts;
    store.set(written(store.getSnapshot(), entry));
  }

  #forget(from: ParticipantRef, clientId: string): void {
    const { store } = this.#parts;
    const isGone = (entry: ChatEntry) => entry.from === from && entry.clientId === clientId && entry.id === null;
    if (store.getSnapshot().chat.some(isGone)) store.set(unwritten(store.getSnapshot(), isGone));
  }
}

/** Anything may come over a channel that another browser fills. */
export function readSaid(said: string): { text: string; clientId: string } | undefined {
  if (said.length > 2 * LIMITS.chatCharacters) return undefined;
  try {
    const body: unknown = JSON.parse(said);
    if (typeof body !== "object" || body === null || !("say" in body) || !("clientId" in body)) return undefined;
    const { say, clientId } = body;
    if (typeof say !== "string" || typeof clientId !== "string") return undefined;
    const isFit = say.trim() !== "" && say.length <= LIMITS.chatCharacters && clientId.length <= 64;
    return isFit ? { text: say, clientId } : undefined;
  } catch {
    return undefined;
  }
}
