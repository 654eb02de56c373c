import { seconds } from "@/lib/time";

export const LISTEN_MS = 100;

/** Between a voice before the microphone and a room with people in it. */
const LOUD = 0.04;
const WINDOW = seconds(2) / LISTEN_MS;
/** A cough or a key that is pressed is shorter. */
const ENOUGH = 8;
const SAID_AGAIN_MS = seconds(60);

/** Tells from how loud it is, ten times a second, when somebody talks on: once, and again only after a while. */
export function mutedTalk(): (level: number, nowMs: number) => boolean {
  let heard: boolean[] = [];
  let saidAtMs = Number.NEGATIVE_INFINITY;
  return (level, nowMs) => {
    heard = [...heard, level > LOUD].slice(-WINDOW);
    if (heard.filter(Boolean).length < ENOUGH || nowMs - saidAtMs < SAID_AGAIN_MS) return false;
    saidAtMs = nowMs;
    return true;
  };
}
