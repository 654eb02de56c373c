"use client";

import { useEffect, useState } from "react";
import { LIMITS } from "@/lib/protocol/limits";
import type { Call } from "@/lib/rtc/call/call";
import { seconds } from "@/lib/time";

export type Caption = { id: string; name: string; text: string; atMs: number };

const SHOWN_MS = seconds(6);
const MOST = 3;

/** The last words of each who speaks, as long as they are worth reading. */
export function useCaptions(call: Call, isOn: boolean): Caption[] {
  const [captions, setCaptions] = useState<Caption[]>([]);

  useEffect(() => {
    if (!isOn) return setCaptions([]);
    const off = call.on("caption", ({ id, name, text }) =>
      setCaptions((before) =>
        [...before.filter((one) => one.id !== id), { id, name, text, atMs: Date.now() }].slice(-MOST),
      ),
    );
    const timer = setInterval(
      () => setCaptions((before) => (before.some(isOld) ? before.filter((one) => !isOld(one)) : before)),
      seconds(1),
    );
    return () => {
      off();
      clearInterval(timer);
    };
  }, [call, isOn]);

  return captions;
}

const isOld = ({ atMs }: Caption) => Date.now() - atMs > SHOWN_MS;

type Heard = { results: ArrayLike<ArrayLike<{ transcript: string }> & { isFinal: boolean }>; resultIndex: number };
type Recognition = EventTarget & {
  continuous: boolean;
  interimResults: boolean;
  lang: string;
  start(): void;
  stop(): void;
  onresult: ((heard: Heard) => void) | null;
  onend: (() => void) | null;
};
type MakesRecognition = { SpeechRecognition?: new () => Recognition; webkitSpeechRecognition?: new () => Recognition };

/** The browser's own recognition, where it has one. No library types it yet. */
const recognitionOf = (page: MakesRecognition) => page.SpeechRecognition ?? page.webkitSpeechRecognition;

export const hasRecognition = (): boolean => recognitionOf(window as MakesRecognition) !== undefined;

/** Writes down what you say while your microphone is on, and sends it to the others. */
export function useOwnCaptions(call: Call, isOn: boolean): void {
  useEffect(() => {
    const Recognition = recognitionOf(window as MakesRecognition);
    if (!isOn || !Recognition) return;
    const ears = new Recognition();
    const { lang } = document.documentElement;
    let isWanted = true;
    Object.assign(ears, { continuous: true, interimResults: true, lang: navigator.language || lang });
    ears.onresult = ({ results, resultIndex }) => {
      const result = results[resultIndex];
      const text = result?.[0]?.transcript.trim().slice(0, LIMITS.captionCharacters);
      if (result && text) call.caption({ text, final: result.isFinal, lang: ears.lang });
    };
    // It stops by itself after a silence.
    ears.onend = () => {
      if (isWanted) ears.start();
    };
    ears.start();
    return () => {
      isWanted = false;
      ears.stop();
    };
  }, [call, isOn]);
}
