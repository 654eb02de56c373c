import type { Emitter } from "../emitter";
import type { Source } from "../route";
import type { Readable } from "../store";
import type { LocalState, Processing } from "./state";

export type LocalEvents = {
  /** What is to be sent from now on; `null` is nothing. */
  track: { source: Source; track: MediaStreamTrack | null };
  /** For the others to see: on or off. */
  toggled: { kind: "audio" | "video" | "screen"; enabled: boolean };
  /** A device was pulled out while in use, and whether another one has taken its place. */
  unplugged: { kind: "audio" | "video"; isReplaced: boolean };
  devices: Pick<LocalState, "microphones" | "cameras" | "speakers">;
};

/** A person's own devices, before a call and in it. No call is needed: a page that only tests devices uses the same. */
export type LocalMedia = Readable<LocalState> & {
  on: Emitter<LocalEvents>["on"];
  /** Asks for what is named, both in one question. Never throws: what came of it is in the state. */
  start(wanted: Wanted): Promise<void>;
  /** Off lets the camera go, so that its light goes out; a microphone is kept and sends silence. */
  setMicrophone(isOn: boolean): Promise<boolean>;
  setCamera(isOn: boolean): Promise<boolean>;
  chooseMicrophone(deviceId: string | null): Promise<void>;
  chooseCamera(deviceId: string | null): Promise<void>;
  chooseSpeaker(deviceId: string | null): void;
  /** Phones: the camera on the other side. */
  flipCamera(): Promise<void>;
  /** With the sound of what is shared, where the browser has it. Throws where somebody says no. */
  startScreen(): Promise<MediaStream>;
  stopScreen(): void;
  setProcessing(change: Partial<Processing>): Promise<void>;
  /** Lists devices again. Names are known only once something was allowed. */
  refresh(): Promise<void>;
  /** What is drawn over the camera before it is sent, such as a blurred background; `null` sends the camera itself. */
  setCameraFilter(filter: CameraFilter | null): Promise<void>;
  close(): void;
};

/** Constraints in the place of `true` are kept for as long as these devices are used. */
export type Wanted = { microphone?: boolean | MediaTrackConstraints; camera?: boolean | MediaTrackConstraints };

/** Makes another picture of a camera's picture. `stop` frees what it took. */
export type CameraFilter = (track: MediaStreamTrack) => Promise<{ track: MediaStreamTrack; stop(): void }>;
