"use client";

import { useEffect, useRef, useState } from "react";
import type { Call } from "@/lib/rtc/call/call";
import type { Summary } from "./outcome/outcome-page";

/** What somebody wants that has been in this call before. */
export type Wish = { name: string; move: boolean };

/** Counts along while a call runs, for the page that comes after it. */
export function useRecord(call: Call | null, roomName: string): { summary: Summary | null; startedAtMs: number } {
  const [summary, setSummary] = useState<Summary | null>(null);
  const [startedAtMs, setStartedAtMs] = useState(0);
  const most = useRef(0);

  useEffect(() => {
    if (!call) return;
    let began = 0;
    most.current = 0;
    setSummary(null);
    const count = () => {
      const { people, self } = call.getSnapshot();
      if (self) most.current = Math.max(most.current, people.length + 1);
    };
    const offs = [
      call.subscribe(count),
      call.on("joined", () => {
        if (began === 0) began = Date.now();
        setStartedAtMs(began);
      }),
      call.on("ended", () => {
        if (began === 0) return;
        const { chat, room } = call.getSnapshot();
        const name = room?.name ?? roomName;
        setSummary({ roomName: name, lastedMs: Date.now() - began, messages: chat.length, mostPeople: most.current });
      }),
    ];
    return () => {
      for (const off of offs) off();
    };
  }, [call, roomName]);

  return { summary, startedAtMs };
}
