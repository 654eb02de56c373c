/** Where a microphone or a camera stands, as a page would say it. */
export type DeviceStatus =
  /** Nobody asked for it, or it is let go: the light is off. */
  | "off"
  | "asking"
  | "on"
  /** Held, and sends silence. Cameras are let go instead. */
  | "muted"
  | "denied"
  | "blocked"
  | "in_use"
  | "none"
  | "insecure"
  | "failed";

export type Device = { id: string; label: string };

export type DeviceState = {
  status: DeviceStatus;
  /** What was chosen; `null` follows the system. */
  deviceId: string | null;
  track: MediaStreamTrack | null;
  /** It was pulled out while in use, and nothing has taken its place. */
  isUnplugged: boolean;
};

export type LocalState = {
  microphone: DeviceState;
  camera: DeviceState;
  screen: { track: MediaStreamTrack | null; sound: MediaStreamTrack | null };
  /** Microphone and camera in one object that stays the same, for a preview. */
  stream: MediaStream | null;
  microphones: readonly Device[];
  cameras: readonly Device[];
  speakers: readonly Device[];
  speakerId: string | null;
  processing: Processing;
};

export type Processing = { noiseSuppression: boolean; echoCancellation: boolean; autoGainControl: boolean };

export const quiet: DeviceState = { status: "off", deviceId: null, track: null, isUnplugged: false };
