import { useMemo, useSyncExternalStore } from "react";
import type { LocalMedia } from "@/lib/rtc/media/local-media";
import type { LocalState } from "@/lib/rtc/media/state";
import type { PeerFigures } from "@/lib/rtc/quality/state";
import type { CallState, ChatEntry, Person } from "@/lib/rtc/state";
import type { Readable } from "@/lib/rtc/store";
import { useSdk } from "./provider";

function useStore<T>({ subscribe, getSnapshot }: Readable<T>): T {
  return useSyncExternalStore(subscribe, getSnapshot, getSnapshot);
}

/** Everything about the room that is no figure. Drawn again when a fact changes. */
export const useRoom = (): CallState => useStore(useSdk().call);

export const useParticipants = (): readonly Person[] => useRoom().people;

export const useLocalMedia = (): LocalState & { media: LocalMedia } => {
  const { devices } = useSdk();
  const state = useStore(devices);
  return useMemo(() => ({ ...state, media: devices }), [state, devices]);
};

export function useDevices(): Pick<LocalState, "microphones" | "cameras" | "speakers"> & { choose: LocalMedia } {
  const { microphones, cameras, speakers, media } = useLocalMedia();
  return { microphones, cameras, speakers, choose: media };
}

/** What one person sends: their camera and microphone, and their screen while they share it. */
export function useTracks(id: string): { stream: MediaStream | null; screen: MediaStream | null } {
  const person = useParticipants().find((one) => one.id === id);
  return { stream: person?.stream ?? null, screen: person?.screen ?? null };
}

/** Figures of one person's connection. The one hook that draws again every two seconds. */
export function useConnectionQuality(id: string): PeerFigures | null {
  const { people } = useStore(useSdk().stats);
  return [...people.values()].find((figures) => figures.id === id) ?? null;
}

export const useSpeaking = (): ReadonlySet<string> => useStore(useSdk().call.speaking);

export function useChat(): { messages: readonly ChatEntry[]; send(text: string): Promise<void> } {
  const { call } = useSdk();
  const { chat } = useRoom();
  return useMemo(() => ({ messages: chat, send: (text: string) => call.say(text) }), [call, chat]);
}
