"use client";

import { useEffect } from "react";
import type { Call } from "@/lib/rtc/call/call";
import { useReadable } from "../use-readable";
import { LISTEN_MS, mutedTalk } from "./muted-talk";
import type { Notes } from "./notes";

/** Says so to somebody who talks while nobody hears them. */
export function useMutedTalk(call: Call, notes: Notes, speakUp: () => void): void {
  const { status, track } = useReadable(call.local).microphone;

  useEffect(() => {
    if (status !== "muted" || !track) return;
    return listenTo(track, () =>
      notes.say("You are talking, and your microphone is off.", { action: { label: "Turn it on", run: speakUp } }),
    );
  }, [status, track, notes, speakUp]);
}

/** The microphone itself is silent to all while it is muted; a copy that goes nowhere hears. */
function listenTo(track: MediaStreamTrack, onTalk: () => void): () => void {
  const ear = track.clone();
  ear.enabled = true;
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(new MediaStream([ear])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const hears = mutedTalk();
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    if (hears(Math.sqrt(power), performance.now())) onTalk();
  }, LISTEN_MS);
  return () => {
    clearInterval(timer);
    ear.stop();
    void context.close();
  };
}
