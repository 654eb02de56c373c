import type { ParticipantRef } from "../state";
import { createStore } from "../store";

const LISTEN_MS = 200;
const AUDIBLE = 0.02;
/** Between two words nobody falls silent. */
const HOLD_MS = 800;

/** Who speaks just now. */
export function watchSpeakers(levels: () => ReadonlyMap<ParticipantRef, number>) {
  const speaking = createStore<ReadonlySet<ParticipantRef>>(new Set());
  const heardAt = new Map<ParticipantRef, number>();
  const listen = () => {
    const now = performance.now();
    for (const [id, level] of levels()) if (level > AUDIBLE) heardAt.set(id, now);
    for (const [id, at] of heardAt) if (now - at > HOLD_MS) heardAt.delete(id);
    const before = speaking.getSnapshot();
    const isSame = before.size === heardAt.size && [...heardAt.keys()].every((id) => before.has(id));
    if (!isSame) speaking.set(new Set(heardAt.keys()));
  };
  const start = (): (() => void) => {
    const timer = setInterval(listen, LISTEN_MS);
    return () => clearInterval(timer);
  };
  return { speaking, start };
}
