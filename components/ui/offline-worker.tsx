"use client";

import { useEffect } from "react";

/** Keeps one page for when the line is down. Nothing else is ever answered from the worker. */
export function OfflineWorker() {
  useEffect(() => {
    if (!("serviceWorker" in navigator)) return;
    // Private windows refuse workers; the product works without one.
    navigator.serviceWorker.register("/sw.js").catch(() => undefined);
  }, []);
  return null;
}
