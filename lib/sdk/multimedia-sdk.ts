import type { RoomKind } from "@/lib/protocol/room-parts";
import type { Call } from "@/lib/rtc/call/call";
import { createCall } from "@/lib/rtc/call/live-call";
import { createEmitter } from "@/lib/rtc/emitter";
import { MultimediaError } from "@/lib/rtc/error";
import type { LocalMedia, Wanted } from "@/lib/rtc/media/local-media";
import { refusalOf } from "@/lib/rtc/media/refusal";
import { testNetwork } from "@/lib/rtc/network-test";
import type { VideoLevel } from "@/lib/rtc/route";
import type { CallState, Person } from "@/lib/rtc/state";
import { debugOf, type SdkDebug } from "./debug";
import { type SdkEvents, type SdkState, someone } from "./events";
import { hearCall } from "./hear-call";
import { askApi, type Shown } from "./http";

export type SdkOptions = {
  /** Names the device, so that a reload takes its own place again. */
  deviceId?: string;
  /** `relay` keeps this address from the others. */
  transportPolicy?: RTCIceTransportPolicy;
};

export type SdkRoom = { id: string; name: string; type: RoomKind; maxParticipants: number } & Record<string, unknown>;
type NewRoom = { type?: RoomKind; maxParticipants?: number; waitingRoom?: boolean; locked?: boolean };
type JoinOptions = { move?: boolean };

const STATES: Record<CallState["phase"], SdkState> = {
  idle: "idle",
  connecting: "connecting",
  waiting: "connecting",
  connected: "connected",
  reconnecting: "reconnecting",
  ended: "ended",
};

/** Video and voice rooms for an application of your own. */
export class MultimediaSDK {
  static readonly MultimediaError = MultimediaError;

  /** A key of your account. In a page that others open, use a publishable one or a `token` from your server. */
  apiKey: string | undefined;
  token: string | (() => string | Promise<string>) | undefined;

  readonly url: string;
  readonly call: Call;
  readonly #events = createEmitter<SdkEvents>();
  #state: SdkState = "idle";

  constructor(url: string = globalThis.location?.origin ?? "", options: SdkOptions = {}) {
    this.url = url;
    this.call = createCall({ url, ...options, credentials: () => this.#shown() });
    hearCall(this.call, this.#events);
    this.call.subscribe(() => this.#noteState());
  }

  /** Opens the line to the server, and proves that it lets this page in. */
  connect(): Promise<void> {
    return this.call.connect();
  }

  async disconnect(): Promise<void> {
    await this.call.leave();
  }

  /** For whoever may open rooms: a secret key, or the account's own people. */
  async createRoom(name: string, options: NewRoom = {}): Promise<SdkRoom> {
    const made = await askApi(this.url, await this.#shown(), {
      method: "POST",
      path: "/api/rooms",
      body: { name, ...options },
    });
    return made as SdkRoom; // what a 201 of this route holds
  }

  async joinRoom(
    roomId: string,
    name: string,
    type: RoomKind = "video",
    options: JoinOptions = {},
  ): Promise<CallState> {
    await this.call.join({ roomId, name, type, ...options });
    return this.call.getSnapshot();
  }

  /** May be called at any time, and more than once. */
  async leaveRoom(): Promise<void> {
    await this.call.leave();
  }

  /** Turns microphone and camera on. Whichever of them there is will do; without either it throws. */
  startVideoCall({ audio = true, video = true }: MediaStreamConstraints = {}): Promise<MediaStream> {
    return this.#start({ microphone: audio, camera: video });
  }

  startVoiceCall({ audio = true }: Pick<MediaStreamConstraints, "audio"> = {}): Promise<MediaStream> {
    return this.#start({ microphone: audio });
  }

  /** Says whether it is on afterwards. Off lets the camera go. */
  toggleVideo(isOn = this.devices.getSnapshot().camera.status !== "on"): Promise<boolean> {
    return this.devices.setCamera(isOn);
  }

  toggleAudio(isOn = this.devices.getSnapshot().microphone.status !== "on"): Promise<boolean> {
    return this.devices.setMicrophone(isOn);
  }

  startScreenShare(): Promise<MediaStream> {
    return this.devices.startScreen();
  }

  stopScreenShare(): void {
    this.devices.stopScreen();
  }

  sendChatMessage(text: string): Promise<void> {
    return this.call.say(text);
  }

  sendReaction(emoji: Parameters<Call["react"]>[0]): void {
    this.call.react(emoji);
  }

  raiseHand(isUp = true): Promise<void> {
    return this.call.raiseHand(isUp);
  }

  setVideoQuality(level: VideoLevel): void {
    this.call.limitVideo(level);
  }

  /** Whether a call would work from here, before there is one. */
  testNetwork(): ReturnType<typeof testNetwork> {
    return testNetwork({ url: this.url });
  }

  /** Hands back what ends it. Streams that are there already are said again to whoever begins to listen. */
  on<K extends keyof SdkEvents>(name: K, listener: (body: SdkEvents[K]) => void): () => void {
    const stop = this.#events.on(name, listener);
    this.#listeners.set(listener, [...(this.#listeners.get(listener) ?? []), { name, stop }]);
    if (name === "remoteStream") this.#replay(listener as (body: SdkEvents["remoteStream"]) => void); // of this very name
    return stop;
  }

  off<K extends keyof SdkEvents>(name: K, listener: (body: SdkEvents[K]) => void): void {
    for (const heard of this.#listeners.get(listener) ?? []) if (heard.name === name) heard.stop();
  }

  get state(): SdkState {
    return this.#state;
  }

  /** Everything about the room that a page may want to show. Replaced whenever one fact changes. */
  get room(): CallState {
    return this.call.getSnapshot();
  }

  get participants(): ReadonlyMap<string, Person> {
    return new Map(this.room.people.map((person) => [person.id, person]));
  }

  get localParticipant(): CallState["self"] {
    return this.room.self;
  }

  get devices(): LocalMedia {
    return this.call.local;
  }

  get stats(): Call["quality"] {
    return this.call.quality;
  }

  /** For tools that look into a call, and for pages that show how it behaves when something breaks. */
  get debug(): SdkDebug {
    return debugOf(this.call, this.#events);
  }

  readonly billing = {
    usage: async (): Promise<unknown> =>
      askApi(this.url, await this.#shown(), { method: "GET", path: "/api/billing/usage" }),
  };

  readonly #listeners = new Map<unknown, { name: keyof SdkEvents; stop(): void }[]>();

  async #start(wanted: Wanted): Promise<MediaStream> {
    await this.devices.start(wanted);
    const { stream, microphone, camera } = this.devices.getSnapshot();
    const asked = wanted.camera ? camera : microphone;
    const error = refusalOf(wanted.camera ? "camera" : "microphone", asked.status);
    if (!stream || stream.getTracks().length === 0) throw error;
    if (!asked.track) this.#events.emit("error", error);
    return stream;
  }

  #replay(listener: (body: SdkEvents["remoteStream"]) => void): void {
    for (const person of this.room.people) if (person.stream) listener({ ...someone(person), stream: person.stream });
  }

  #noteState(): void {
    const state = STATES[this.room.phase];
    if (state === this.#state) return;
    this.#state = state;
    this.#events.emit("stateChanged", { state });
  }

  async #shown(): Promise<Shown> {
    const token = typeof this.token === "function" ? await this.token() : this.token;
    return { ...(this.apiKey && { apiKey: this.apiKey }), ...(token && { token }) };
  }
}
