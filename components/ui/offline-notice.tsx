"use client";

import { CloudOff } from "lucide-react";
import { useOnline } from "./use-online";

/** Says that the page stands still, for as long as it does. */
export function OfflineNotice() {
  const isOnline = useOnline();
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 top-3 z-50 flex justify-center px-3 max-sm:top-auto max-sm:bottom-[calc(76px+env(safe-area-inset-bottom))]"
    >
      {!isOnline && (
        <p className="flex h-10 animate-fade items-center gap-2 rounded-full bg-hold-wash px-4 text-14 text-hold shadow-[inset_0_0_0_1px_color-mix(in_oklch,var(--hold)_45%,transparent),0_6px_24px_oklch(0.15_0.015_165/0.14)]">
          <CloudOff aria-hidden="true" className="size-4 shrink-0" strokeWidth={1.8} />
          <span>
            <b className="font-semibold">No connection.</b> This page stands still.
          </span>
        </p>
      )}
    </div>
  );
}
