import type { ReactElement, ReactNode } from "react";
import type {
  ChatEntry,
  Device,
  Devices,
  DevicesState,
  MultimediaSDK,
  PeerFigures,
  Person,
  RoomKind,
  RoomState,
} from "./multimedia-sdk.mjs";

export function MultimediaProvider(props: { sdk: MultimediaSDK; children: ReactNode }): ReactElement;
export function useSdk(): MultimediaSDK;
export function useRoom(): RoomState;
export function useParticipants(): readonly Person[];
export function useLocalMedia(): DevicesState & { media: Devices };
export function useDevices(): {
  microphones: readonly Device[];
  cameras: readonly Device[];
  speakers: readonly Device[];
  choose: Devices;
};
export function useTracks(id: string): { stream: MediaStream | null; screen: MediaStream | null };
export function useConnectionQuality(id: string): PeerFigures | null;
export function useSpeaking(): ReadonlySet<string>;
export function useChat(): { messages: readonly ChatEntry[]; send(text: string): Promise<void> };

export function PreJoin(props: { onJoin(name: string): void; name?: string }): ReactElement;
export function VideoRoom(props: { roomId: string; name: string; type?: RoomKind; onLeave?: () => void }): ReactElement;
