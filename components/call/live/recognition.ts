import type { After } from "@/lib/rtc/mesh/after";

type Heard = { results: ArrayLike<ArrayLike<{ transcript: string }> & { isFinal: boolean }>; resultIndex: number };

/** As much of a browser's recognition as is used here. */
export type Recognition = {
  lang: string;
  start(): void;
  stop(): void;
  onresult: ((heard: Heard) => void) | null;
  onerror: ((refusal: { error: string }) => void) | null;
  onend: (() => void) | null;
};

/** After these it would only be refused again. */
const FINAL = new Set(["not-allowed", "service-not-allowed", "language-not-supported", "audio-capture"]);
const AGAIN_MS = 300;

type Writing = { after: After; onWords(text: string, isFinal: boolean): void };

/** Hands on what is said until it is ended. Recognition stops by itself after a silence, and is begun again. */
export function writeDown(ears: Recognition, { after, onWords }: Writing): () => void {
  let isWanted = true;
  let forget: () => void = () => undefined;
  ears.onresult = ({ results, resultIndex }) => {
    const words = results[resultIndex];
    const text = words?.[0]?.transcript.trim();
    if (words && text) onWords(text, words.isFinal);
  };
  ears.onerror = ({ error }) => {
    if (FINAL.has(error)) isWanted = false;
  };
  ears.onend = () => {
    // Where the service is out of reach it ends as soon as it began.
    if (isWanted) forget = after(AGAIN_MS, () => ears.start());
  };
  ears.start();
  return () => {
    isWanted = false;
    forget();
    ears.stop();
  };
}
