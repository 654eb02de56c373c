"use client";

import { createContext, useContext } from "react";
import type { Call } from "@/lib/rtc/call/call";
import type { CallState, Person, Self } from "@/lib/rtc/state";
import { useReadable } from "./use-readable";

/** What every part of a running call may use. */
export type Running = {
  call: Call;
  notes: import("./live/notes").Notes;
  /** Opens a part of the side panel, or closes it. */
  showPanel: (panel: Panel | null) => void;
  panel: Panel | null;
};

export type Panel = "chat" | "people" | "about";

export const RunningContext = createContext<Running | null>(null);

export function useRunning(): Running {
  const running = useContext(RunningContext);
  if (!running) throw new Error("useRunning is for what stands inside a running call");
  return running;
}

export const useCallState = (): CallState => useReadable(useRunning().call);

/** Somebody on the stage: another person, or you. */
export type Someone = { self: true; person: Self } | { self: false; person: Person };

export function someoneIn({ self, people }: CallState, id: string): Someone | undefined {
  if (self?.id === id) return { self: true, person: self };
  const person = people.find((one) => one.id === id);
  return person && { self: false, person };
}
