import type { Device, LocalState } from "./state";

const SETTLE_MS = 500;

/** What there is to choose from. Before anything was allowed, browsers name nothing. */
export async function deviceFacts(): Promise<Pick<LocalState, "microphones" | "cameras" | "speakers">> {
  const list = await navigator.mediaDevices?.enumerateDevices?.();
  const of = (kind: MediaDeviceKind, word: string): Device[] =>
    (list ?? [])
      .filter((device) => device.kind === kind && device.deviceId !== "")
      .map(({ deviceId, label }, at) => ({ id: deviceId, label: label || `${word} ${at + 1}` }));
  return {
    microphones: of("audioinput", "Microphone"),
    cameras: of("videoinput", "Camera"),
    speakers: of("audiooutput", "Speaker"),
  };
}

/** A plug that is pulled tells several changes at once; one is told on. */
export function watchDevices(onChange: () => void): () => void {
  const devices = typeof navigator === "undefined" ? undefined : navigator.mediaDevices;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, SETTLE_MS);
  };
  devices?.addEventListener?.("devicechange", changed);
  return () => {
    clearTimeout(timer);
    devices?.removeEventListener?.("devicechange", changed);
  };
}
