"use client";

import { useSyncExternalStore } from "react";

/** Whether the browser has a line at all. A page that is made on the server assumes one. */
export const useOnline = (): boolean => useSyncExternalStore(listen, hasLine, () => true);

export const hasLine = (): boolean => navigator.onLine;

function listen(onChange: () => void): () => void {
  window.addEventListener("online", onChange);
  window.addEventListener("offline", onChange);
  return () => {
    window.removeEventListener("online", onChange);
    window.removeEventListener("offline", onChange);
  };
}
