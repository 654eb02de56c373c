"use client";

import { useEffect, useState } from "react";
import { LIMITS } from "@/lib/protocol/limits";
import type { Call } from "@/lib/rtc/call/call";
import { after } from "@/lib/rtc/mesh/after";
import { seconds } from "@/lib/time";
import { type Recognition, writeDown } from "./recognition";

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
    Object.assign(ears, { continuous: true, interimResults: true, lang: navigator.language || lang });
    return writeDown(ears, {
      after,
      onWords: (text, final) => call.caption({ text: text.slice(0, LIMITS.captionCharacters), final, lang: ears.lang }),
    });
  }, [call, isOn]);
}
