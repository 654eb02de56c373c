import { SOURCES } from "../route";
import type { CallParts } from "./parts";

/** What this person sends follows their devices, and what the others read follows what they send. */
export function followLocal(parts: CallParts): () => void {
  const { local, line, store } = parts;
  const untrack = local.on("track", ({ source, track }) => parts.route()?.send(source, track));
  const untoggle = local.on("toggled", ({ kind, enabled }) => {
    const state = store.getSnapshot();
    if (!state.self) return;
    store.set({ ...state, self: { ...state.self, media: { ...state.self.media, [kind]: enabled } } });
    // Out of reach, it is said on coming back.
    line.ask("toggle-media", { type: kind, enabled }).catch(() => undefined);
  });
  return () => {
    untrack();
    untoggle();
  };
}

/** What is sent at this moment. */
export function mediaOf({ local }: Pick<CallParts, "local">) {
  const { microphone, camera, screen } = local.getSnapshot();
  return { audio: microphone.status === "on", video: camera.status === "on", screen: screen.track !== null };
}

/** Puts what is there on a route that has just been opened. */
export function sendAll(parts: CallParts): void {
  const { microphone, camera, screen } = parts.local.getSnapshot();
  const tracks = {
    microphone: microphone.track,
    camera: camera.track,
    screen: screen.track,
    "screen-audio": screen.sound,
  };
  for (const source of SOURCES) parts.route()?.send(source, tracks[source]);
}

/** After a gap: what the server believes is put right where it is wrong. */
export async function correctMedia(parts: CallParts): Promise<void> {
  const { self } = parts.store.getSnapshot();
  if (!self?.grants.publish) return;
  const now = mediaOf(parts);
  for (const kind of ["audio", "video", "screen"] as const)
    if (now[kind] !== self.media[kind]) await parts.line.ask("toggle-media", { type: kind, enabled: now[kind] });
}
