"use client";

import { useEffect, useState } from "react";
import type { Call } from "@/lib/rtc/call/call";

/** How many messages came while nobody looked. */
export function useUnread(call: Call, isLooking: boolean): number {
  const [unread, setUnread] = useState(0);

  useEffect(() => {
    if (isLooking) return setUnread(0);
    return call.on("chat-message", ({ from }) => {
      if (from !== call.getSnapshot().self?.id) setUnread((count) => count + 1);
    });
  }, [call, isLooking]);

  return unread;
}
