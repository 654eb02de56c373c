"use client";

import { Lock } from "lucide-react";
import { useEffect, useState } from "react";
import { cx } from "@/components/ui/cx";
import { formatClock, seconds } from "@/lib/time";
import { CallMark } from "../brand";
import { useCallState, useRunning } from "../context";
import { useFrom } from "../use-readable";
import { encryptionOf } from "./encryption";

const QUIET_AFTER_MS = seconds(3);

/** What the call is, how it travels and how long it runs. It goes when nobody moves, and never while it is in use. */
export function TopBar({ startedAtMs }: { startedAtMs: number }) {
  const { call } = useRunning();
  const { room, people } = useCallState();
  const isQuiet = useQuiet();
  const hasRelay = useFrom(call.quality, (sheet) => [...sheet.people.values()].some(({ route }) => route === "relay"));
  const { short, words } = encryptionOf([hasRelay ? "relay" : "direct"]);
  if (!room) return null;
  return (
    <header
      className={cx(
        "pointer-events-none absolute inset-x-8 top-7 z-5 rail:top-5 rail:right-26 flex items-start justify-between gap-4 transition-opacity duration-250 focus-within:opacity-100 max-sm:inset-x-4 max-sm:top-[calc(0.875rem+env(safe-area-inset-top))]",
        isQuiet && people.length > 0 && "opacity-0",
      )}
    >
      <div className="flex min-h-10 min-w-0 items-center gap-3 rail:rounded-full rail:bg-[oklch(.175_.015_168)] rail:px-4 [text-shadow:0_1px_10px_oklch(.1_.02_30/.7)]">
        <CallMark look={room} live={people.length > 0} />
        <div className="min-w-0 leading-tight">
          <h1 className="truncate font-sans text-14 font-semibold tracking-normal">{room.name}</h1>
          <p title={words} className="mt-0.5 flex items-center gap-1.5 text-12">
            <Lock aria-hidden="true" className="size-3.5 shrink-0" strokeWidth={1.6} />
            <span className="sr-only">{words}</span>
            <span aria-hidden="true">{short}</span>
            {room.locked && <span>· Locked</span>}
          </p>
        </div>
      </div>
      <Timer startedAtMs={startedAtMs} />
    </header>
  );
}

function Timer({ startedAtMs }: { startedAtMs: number }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), seconds(1));
    return () => clearInterval(timer);
  }, []);
  return (
    <p
      role="timer"
      aria-label="In this call for"
      className="flex h-10 shrink-0 items-center rounded-full bg-[oklch(.175_.015_168)] px-4 text-14 font-semibold tabular-nums"
    >
      {formatClock(now - startedAtMs)}
    </p>
  );
}

/** Nobody has moved or typed for a while. */
function useQuiet(): boolean {
  const [isQuiet, setQuiet] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const wake = () => {
      setQuiet(false);
      clearTimeout(timer);
      timer = setTimeout(() => setQuiet(true), QUIET_AFTER_MS);
    };
    wake();
    const kinds = ["pointermove", "pointerdown", "keydown"] as const;
    for (const kind of kinds) window.addEventListener(kind, wake);
    return () => {
      clearTimeout(timer);
      for (const kind of kinds) window.removeEventListener(kind, wake);
    };
  }, []);
  return isQuiet;
}
