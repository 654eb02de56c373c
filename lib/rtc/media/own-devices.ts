import { createEmitter } from "../emitter";
import { createStore } from "../store";
import { cameraConstraints, capture, isSecure, microphoneConstraints } from "./capture";
import { deviceFacts, watchDevices } from "./device-list";
import type { CameraFilter, LocalEvents, LocalMedia, Wanted } from "./local-media";
import { refusalOf, statusOfRefusal } from "./refusal";
import { shareScreen } from "./screen";
import { type DeviceState, type LocalState, type Processing, quiet } from "./state";

type Kind = "audio" | "video";
type Slot = "microphone" | "camera";

const SLOT = { audio: "microphone", video: "camera" } as const;
const USUAL: Processing = { noiseSuppression: true, echoCancellation: true, autoGainControl: true };

/** The devices of this page. */
export const createLocalMedia = (): LocalMedia => new OwnDevices();

class OwnDevices implements LocalMedia {
  readonly #store = createStore<LocalState>({
    microphone: quiet,
    camera: quiet,
    screen: { track: null, sound: null },
    stream: null,
    ...{ microphones: [], cameras: [], speakers: [], speakerId: null },
    processing: USUAL,
  });
  readonly #events = createEmitter<LocalEvents>();
  #unwatch: (() => void) | undefined;
  readonly #asked: Record<Kind, MediaTrackConstraints> = { audio: {}, video: {} };
  #filter: CameraFilter | null = null;
  #filtered: { stop(): void } | undefined;
  /** The camera's own picture, under what is drawn over it. */
  #raw: MediaStreamTrack | null = null;
  /** Rises with each wish, so that one that was overtaken opens nothing. */
  readonly #turns: Record<Kind, number> = { audio: 0, video: 0 };

  readonly getSnapshot = this.#store.getSnapshot;
  readonly subscribe = this.#store.subscribe;
  readonly on = this.#events.on;

  async start({ microphone = false, camera = false }: Wanted): Promise<void> {
    this.#unwatch ??= watchDevices(() => void this.#devicesChanged());
    if (typeof microphone === "object") this.#asked.audio = microphone;
    if (typeof camera === "object") this.#asked.video = camera;
    const wanted: Kind[] = [...(microphone ? (["audio"] as const) : []), ...(camera ? (["video"] as const) : [])];
    const closed = wanted.filter((kind) => this.#state(kind).track === null);
    if (closed.length < 2 || !(await this.#openBoth()))
      for (const kind of closed) if (this.#state(kind).track === null) await this.#open(kind);
    for (const kind of closed) if (this.#state(kind).track) this.#tellToggled(kind);
    await this.refresh();
  }

  async setMicrophone(isOn: boolean): Promise<boolean> {
    const { track } = this.#state("audio");
    if (!isOn && track) {
      track.enabled = false;
      this.#put("audio", { status: "muted" });
    } else if (isOn && track?.readyState === "live") {
      track.enabled = true;
      this.#put("audio", { status: "on" });
    } else if (isOn) {
      await this.#open("audio");
    }
    return this.#tellToggled("audio");
  }

  async setCamera(isOn: boolean): Promise<boolean> {
    if (isOn && this.#state("video").track === null) await this.#open("video");
    else if (!isOn) this.#let("video");
    return this.#tellToggled("video");
  }

  async chooseMicrophone(deviceId: string | null): Promise<void> {
    await this.#choose("audio", deviceId);
  }

  async chooseCamera(deviceId: string | null): Promise<void> {
    await this.#choose("video", deviceId);
  }

  chooseSpeaker(speakerId: string | null): void {
    this.#patch({ speakerId });
  }

  async flipCamera(): Promise<void> {
    const { cameras, camera } = this.getSnapshot();
    const current = camera.track?.getSettings().deviceId ?? camera.deviceId;
    const at = cameras.findIndex(({ id }) => id === current);
    const next = cameras[(at + 1) % Math.max(1, cameras.length)];
    if (next) await this.chooseCamera(next.id);
  }

  async startScreen(): Promise<MediaStream> {
    const { stream, track, sound } = await shareScreen(() => this.stopScreen());
    this.#patch({ screen: { track, sound } });
    this.#events.emit("track", { source: "screen", track });
    this.#events.emit("track", { source: "screen-audio", track: sound });
    this.#events.emit("toggled", { kind: "screen", enabled: true });
    return stream;
  }

  stopScreen(): void {
    const { track, sound } = this.getSnapshot().screen;
    if (!track) return;
    track.stop();
    sound?.stop();
    this.#patch({ screen: { track: null, sound: null } });
    this.#events.emit("track", { source: "screen", track: null });
    this.#events.emit("track", { source: "screen-audio", track: null });
    this.#events.emit("toggled", { kind: "screen", enabled: false });
  }

  async setProcessing(change: Partial<Processing>): Promise<void> {
    this.#patch({ processing: { ...this.getSnapshot().processing, ...change } });
    if (this.#state("audio").track) await this.#open("audio");
  }

  async setCameraFilter(filter: CameraFilter | null): Promise<void> {
    this.#filter = filter;
    if (this.#raw) await this.#show(this.#raw);
  }

  async refresh(): Promise<void> {
    const facts = await deviceFacts();
    this.#patch(facts);
    this.#events.emit("devices", facts);
  }

  close(): void {
    this.#unwatch?.();
    this.#unwatch = undefined;
    this.stopScreen();
    this.#let("audio");
    this.#let("video");
  }

  async #choose(kind: Kind, deviceId: string | null): Promise<void> {
    const hadTrack = this.#state(kind).track !== null;
    const wasMuted = this.#state(kind).status === "muted";
    this.#put(kind, { deviceId });
    if (!hadTrack) return;
    await this.#open(kind);
    if (wasMuted) await this.setMicrophone(false);
  }

  /** One question for both. Where that fails, each is asked for by itself, to learn which one it is. */
  async #openBoth(): Promise<boolean> {
    if (!isSecure()) return false;
    const { microphone, camera, processing } = this.getSnapshot();
    this.#put("audio", { status: "asking" });
    this.#put("video", { status: "asking" });
    const turns = { ...this.#turns };
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: microphoneConstraints(microphone, { ...processing, ...this.#asked.audio }),
        video: cameraConstraints(camera, this.#asked.video),
      });
      const [audio] = stream.getAudioTracks();
      const [video] = stream.getVideoTracks();
      if (!audio || !video) return false;
      if (turns.audio === this.#turns.audio) this.#take("audio", audio);
      else audio.stop();
      if (turns.video === this.#turns.video) await this.#show(video);
      else video.stop();
      return true;
    } catch {
      return false;
    }
  }

  async #open(kind: Kind): Promise<void> {
    if (!isSecure()) return this.#put(kind, { status: "insecure" });
    this.#turns[kind] += 1;
    const turn = this.#turns[kind];
    const before = kind === "video" ? this.#raw : this.#state(kind).track;
    if (!before) this.#put(kind, { status: "asking" });
    const { microphone, camera, processing } = this.getSnapshot();
    const constraints =
      kind === "audio"
        ? microphoneConstraints(microphone, { ...processing, ...this.#asked.audio })
        : cameraConstraints(camera, this.#asked.video);
    // Some systems let one program open a camera once.
    if (kind === "video") before?.stop();
    try {
      const track = await capture(kind, constraints);
      if (turn !== this.#turns[kind]) return track.stop();
      if (kind === "video") await this.#show(track);
      else this.#take(kind, track);
      before?.stop();
    } catch (error) {
      if (turn === this.#turns[kind]) this.#failed(kind, error);
    }
  }

  #failed(kind: Kind, error: unknown): void {
    this.#let(kind);
    this.#put(kind, { status: statusOfRefusal(error) });
  }

  async #show(raw: MediaStreamTrack): Promise<void> {
    this.#filtered?.stop();
    this.#filtered = undefined;
    this.#raw = raw;
    const drawn = await this.#filter?.(raw);
    this.#filtered = drawn;
    this.#take("video", drawn?.track ?? raw);
  }

  #take(kind: Kind, track: MediaStreamTrack): void {
    const own = kind === "video" ? (this.#raw ?? track) : track;
    own.onended = () => void this.#ended(kind, own);
    this.#put(kind, { status: "on", track, isUnplugged: false });
    this.#compose();
    this.#events.emit("track", { source: SLOT[kind], track });
  }

  #let(kind: Kind): void {
    this.#turns[kind] += 1;
    const { track } = this.#state(kind);
    track?.stop();
    if (kind === "video") {
      this.#filtered?.stop();
      this.#filtered = undefined;
      this.#raw?.stop();
      this.#raw = null;
    }
    this.#put(kind, { status: "off", track: null });
    this.#compose();
    if (track) this.#events.emit("track", { source: SLOT[kind], track: null });
  }

  /** A track that ends by itself was pulled out, or taken by the system. */
  async #ended(kind: Kind, track: MediaStreamTrack): Promise<void> {
    const current = kind === "video" ? this.#raw : this.#state(kind).track;
    if (current !== track) return;
    const wasMuted = this.#state(kind).status === "muted";
    this.#let(kind);
    this.#put(kind, { deviceId: null, isUnplugged: true });
    // A camera is not lit again by anything but a person, unless it was on.
    await this.#open(kind);
    if (wasMuted && this.#state(kind).track) await this.setMicrophone(false);
    const isReplaced = this.#state(kind).track !== null;
    this.#put(kind, { isUnplugged: !isReplaced });
    this.#events.emit("unplugged", { kind, isReplaced });
    if (!isReplaced) this.#tellToggled(kind);
    await this.refresh();
  }

  async #devicesChanged(): Promise<void> {
    await this.refresh();
    for (const kind of ["audio", "video"] as const) {
      const track = kind === "video" ? this.#raw : this.#state(kind).track;
      if (track?.readyState === "ended") await this.#ended(kind, track);
    }
  }

  #tellToggled(kind: Kind): boolean {
    const { status } = this.#state(kind);
    const enabled = status === "on";
    this.#events.emit("toggled", { kind, enabled });
    return enabled;
  }

  /** The same object for as long as there is anything in it, so that a preview need not be attached again. */
  #compose(): void {
    const { microphone, camera, stream } = this.getSnapshot();
    const wanted = [microphone.track, camera.track].filter((track) => track !== null);
    const next = stream ?? (wanted.length > 0 ? new MediaStream() : null);
    for (const track of next?.getTracks() ?? []) if (!wanted.includes(track)) next?.removeTrack(track);
    for (const track of wanted) if (!next?.getTrackById(track.id)) next?.addTrack(track);
    this.#patch({ stream: next });
  }

  #state(kind: Kind): DeviceState {
    return this.getSnapshot()[SLOT[kind]];
  }

  #put(kind: Kind, change: Partial<DeviceState>): void {
    const slot: Slot = SLOT[kind];
    const { [slot]: before } = this.getSnapshot();
    this.#patch({ [slot]: { ...before, ...change } });
  }

  #patch(change: Partial<LocalState>): void {
    this.#store.set({ ...this.getSnapshot(), ...change });
  }
}

/** What a call that cannot go on without a device says. */
export function requireDevice(local: LocalMedia, slot: Slot): void {
  const { status, track } = local.getSnapshot()[slot];
  if (!track) throw refusalOf(slot, status);
}
