"use client";

import { useEffect, useState } from "react";
import { seconds } from "@/lib/time";
import { useRunning } from "../context";

type Flying = { key: number; emoji: string; name: string; left: number };

const FLIES_MS = seconds(3);
const MOST = 12;

/** Reactions rise over the stage and are said once. */
export function Reactions() {
  const { call } = useRunning();
  const [flying, setFlying] = useState<Flying[]>([]);

  useEffect(() => {
    let key = 0;
    const timers = new Set<ReturnType<typeof setTimeout>>();
    const off = call.on("reaction", ({ emoji, name }) => {
      key += 1;
      const one = { key, emoji, name, left: 12 + ((key * 23) % 60) };
      setFlying((before) => [...before, one].slice(-MOST));
      timers.add(setTimeout(() => setFlying((before) => before.filter((other) => other !== one)), FLIES_MS));
    });
    return () => {
      off();
      for (const timer of timers) clearTimeout(timer);
    };
  }, [call]);

  return (
    <div role="status" aria-live="polite" className="pointer-events-none absolute inset-0 z-4 overflow-hidden">
      {flying.map(({ key, emoji, name, left }) => (
        <span
          key={key}
          className="absolute bottom-6 grid animate-float-up motion-reduce:animate-none justify-items-center"
          style={{ left: `${left}%` }}
        >
          <span className="text-49">{emoji}</span>
          <span className="rounded-full bg-[oklch(.12_.01_165/.7)] px-2 text-12">{name}</span>
        </span>
      ))}
    </div>
  );
}
