"use client";

import { useCallback, useSyncExternalStore } from "react";
import type { Readable } from "@/lib/rtc/store";

/** What stands in a store now, and each time that it is replaced. */
export const useReadable = <T>(readable: Readable<T>): T =>
  useSyncExternalStore(readable.subscribe, readable.getSnapshot, readable.getSnapshot);

/** One plain value out of a store: the component is drawn again only where that value is another one. */
export function useFrom<T, P extends string | number | boolean | null>(
  readable: Readable<T>,
  read: (value: T) => P,
): P {
  const look = useCallback(() => read(readable.getSnapshot()), [readable, read]);
  return useSyncExternalStore(readable.subscribe, look, look);
}
