import { createEmitter } from "../emitter";
import { type Credentials, Line, type LineNews } from "../line/line";
import { createLocalMedia } from "../media/own-devices";
import { watchQuality } from "../quality/monitor";
import { type CallEvents, type CallState, nobodyYet } from "../state";
import { createStore } from "../store";
import { changed } from "./apply";
import type { Call, CallOptions } from "./call";
import { Chat } from "./chat";
import { commandsOf } from "./commands";
import { deviceIdOfTab } from "./device-id";
import { IceBook } from "./ice";
import { hearMoments } from "./moment-ears";
import { watchNetwork } from "./network";
import { followLocal } from "./own-media";
import type { CallParts } from "./parts";
import { PeopleMedia } from "./people-media";
import { hearSignals } from "./relay";
import { hearRoom } from "./room-ears";
import { RouteHouse } from "./route-house";
import { watchSpeakers } from "./speakers";
import { expectedOf, Visit } from "./visit";

/** A call that has not begun. Everything in it is opened when it is needed, and closed by `leave`. */
export function createCall(options: CallOptions = {}): Call {
  const built = build(options);
  const { parts, visit, chat, routes, line } = built;
  const watched = watch(built);
  const { store, events, local } = parts;
  return {
    ...{ getSnapshot: store.getSnapshot, subscribe: store.subscribe, on: events.on, local },
    quality: watched.quality,
    speaking: watched.speaking,
    connect: () => line.open(),
    async join(request) {
      watched.start();
      await visit.join(request);
    },
    async leave() {
      visit.leave();
      watched.stop();
      if (!options.local) local.close();
    },
    retryNow: () => line.retryNow(),
    breakLine: (forMs) => line.cut(forMs),
    breakConnections: () => routes.route?.lose(),
    tap: (listener) => line.tap(listener),
    leaveByBeacon: () => sayGoodbye(visit, options.url),
    say: (text) => chat.say(text),
    ...commandsOf(parts),
    limitVideo: (level) => routes.limitVideo(level),
  };
}

type Built = { parts: CallParts; visit: Visit; chat: Chat; routes: RouteHouse; line: Line };

type Ears = { visit?: Visit; token?: string | undefined };

function build(options: CallOptions): Built {
  // The line tells news from its first moment on, and whoever hears them is made of the line.
  const ears: Ears = {};
  const line = new Line({
    ...(options.url !== undefined && { url: options.url }),
    credentials: () => (ears.token === undefined ? shownBy(options) : { token: ears.token }),
    news: newsFor(ears),
  });
  const local = options.local ?? createLocalMedia();
  const store = createStore<CallState>(nobodyYet);
  const events = createEmitter<CallEvents>();
  line.on("joined-room", ({ token }) => {
    if (token === undefined) return;
    ears.token = token;
    events.emit("token-renewed", { token });
  });
  const parts: CallParts = {
    ...{ store, events, line, local, media: new PeopleMedia() },
    route: () => routes.route,
    end: (ended) => visit.end(ended),
  };
  const ice = new IceBook(line);
  const chat = new Chat(parts);
  const transportPolicy = options.transportPolicy ?? "all";
  const routes = new RouteHouse({ ...parts, ice, transportPolicy, told: (from, text) => chat.told(from, text) });
  const deviceId = options.deviceId ?? deviceIdOfTab();
  const visit = new Visit({ ...parts, ice, routes, deviceId, sendWaiting: () => chat.sendWaiting() });
  ears.visit = visit;
  hearRoom(parts, (seq) => visit.isNext(seq));
  hearMoments(parts);
  hearSignals(line, (signal) => routes.route?.hear(signal));
  return { parts, visit, chat, routes, line };
}

const newsFor = (ears: Ears): LineNews => ({
  onOpen: () => ears.visit?.onOpen(),
  onLost: () => ears.visit?.onLost(),
  onWaiting: (plan) => ears.visit?.onWaiting(plan),
  // The page may have another one, or know whom to ask.
  onExpired: () => {
    ears.token = undefined;
  },
  onRefused: (error) => ears.visit?.onRefused(error),
});

function shownBy({ credentials = {} }: CallOptions): Credentials | Promise<Credentials> {
  return typeof credentials === "function" ? credentials() : credentials;
}

/** What is looked at again and again, for as long as there is a call. */
function watch({ parts, routes, line }: Built) {
  const { store } = parts;
  const quality = watchQuality({
    measure: async () => (await routes.route?.measure()) ?? [],
    expected: (id) => expectedOf(parts, id),
    onLevel: (id, level) => store.set(changed(store.getSnapshot(), id, { quality: level })),
  });
  const speakers = watchSpeakers(() => routes.route?.levels() ?? new Map());
  let stops: (() => void)[] = [];
  const stop = () => {
    for (const end of stops.splice(0)) end();
  };
  return {
    quality: quality.sheet,
    speaking: speakers.speaking,
    stop,
    start() {
      stop();
      const networkChanged = () => {
        line.retryNow();
        routes.route?.restart();
      };
      stops = [quality.start(), speakers.start(), watchNetwork(networkChanged), followLocal(parts)];
    },
  };
}

/** Outlives the page that says it. */
function sayGoodbye({ seat }: Visit, url: string | undefined): void {
  if (!seat) return;
  const { roomId, ...holder } = seat;
  const address = new URL(`/api/rooms/${roomId}/leave`, url ?? location.href);
  const headers = { "content-type": "application/json" };
  void fetch(address, { method: "POST", headers, body: JSON.stringify(holder), keepalive: true }).catch(
    () => undefined,
  );
}
