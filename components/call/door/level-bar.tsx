"use client";

import { useEffect, useRef } from "react";

const LOUD = 0.35;

/** How loud the microphone hears you. It is drawn past React, sixty times a second. */
export function LevelBar({ track }: { track: MediaStreamTrack | null }) {
  const bar = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!track) {
      bar.current?.style.setProperty("scale", "0 1");
      return;
    }
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 512;
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let frame = 0;
    const draw = () => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      bar.current?.style.setProperty("scale", `${Math.min(1, Math.sqrt(power) / LOUD).toFixed(3)} 1`);
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => {
      cancelAnimationFrame(frame);
      void context.close();
    };
  }, [track]);

  return (
    <div className="grid gap-1.5">
      <div
        aria-hidden="true"
        className="h-1.5 overflow-hidden rounded-full bg-paper-sunk shadow-[inset_0_0_0_1px_var(--rule)]"
      >
        <div ref={bar} className="h-full origin-left rounded-full bg-voice [scale:0_1]" />
      </div>
      <p className="text-13 text-ink-faint max-sm:sr-only">
        {track ? "Say something: the bar moves when you are heard." : "Your microphone is off. Nobody hears you."}
      </p>
    </div>
  );
}
