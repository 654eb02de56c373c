import type { Participant, RoomFacts } from "@/lib/protocol/room-parts";
import { Mesh } from "../mesh/mesh";
import { type Route, SOURCES, type Source, type VideoLevel } from "../route";
import type { ParticipantRef } from "../state";
import { changed } from "./apply";
import type { IceBook } from "./ice";
import { sendAll } from "./own-media";
import { type CallParts, personIn } from "./parts";
import { sendSignal } from "./relay";
import { showScreen } from "./room-ears";

export type RouteHouseParts = CallParts & {
  ice: IceBook;
  transportPolicy: RTCIceTransportPolicy;
  told(from: ParticipantRef, text: string): void;
};

type Opened = { room: RoomFacts; participants: readonly Participant[] };

/** Opens the route that a room's topology asks for, and puts what comes over it beside the people it comes from. */
export class RouteHouse {
  readonly #parts: RouteHouseParts;
  #route: Route | undefined;
  #most: VideoLevel = "auto";

  constructor(parts: RouteHouseParts) {
    this.#parts = parts;
  }

  get route(): Route | undefined {
    return this.#route;
  }

  open({ room }: Opened): void {
    this.close();
    const { line, store, ice, transportPolicy, told } = this.#parts;
    this.#route = new Mesh({
      signal: (signal) => sendSignal(line, signal),
      iceServers: ice.servers,
      canSignal: () => line.isOpen && store.getSnapshot().phase === "connected",
      sources: room.type === "voice" ? ["microphone"] : SOURCES,
      transportPolicy,
      onTrack: (id, source, track) => this.#got(id, source, track),
      onLink: (id, link) => store.set(changed(store.getSnapshot(), id, { link })),
      onTold: told,
    });
    this.#route.allowSending(store.getSnapshot().self?.grants.publish ?? false);
    this.#route.limitVideo(this.#most);
    sendAll(this.#parts);
  }

  /** After a gap: those who went are let go, and those who came meanwhile are expected. */
  keep({ participants }: Pick<Opened, "participants">): void {
    this.#route?.keepOnly(new Set(participants.map(({ id }) => id)));
    for (const { id, polite, media } of participants) {
      if (!this.#route?.has(id)) this.#route?.meet({ id, polite, offers: false });
      this.#parts.media.turnCamera(id, media.video);
    }
  }

  limitVideo(level: VideoLevel): void {
    this.#most = level;
    this.#route?.limitVideo(level);
  }

  close(): void {
    this.#route?.close();
    this.#route = undefined;
    this.#parts.media.clear();
  }

  #got(id: ParticipantRef, source: Source, track: MediaStreamTrack): void {
    const { store, events, media } = this.#parts;
    const { stream, isScreen } = media.take(id, source, track);
    if (isScreen) {
      showScreen(this.#parts, id);
      return;
    }
    const person = personIn(this.#parts, id);
    if (!person) return;
    media.turnCamera(id, person.media.video);
    if (person.stream) return;
    store.set(changed(store.getSnapshot(), id, { stream }));
    // Once every track of this connection is in it.
    queueMicrotask(() => {
      const now = personIn(this.#parts, id);
      if (now) events.emit("stream-added", { person: now, stream });
    });
  }
}
