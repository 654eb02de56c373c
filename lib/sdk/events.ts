import type { MultimediaError } from "@/lib/rtc/error";
import type { CallState, ChatEntry, Ended, Person } from "@/lib/rtc/state";

type Someone = { userId: string; participantId: string; userName: string };

/** What an application hears. One event for each fact, after `sdk.room` has it. */
export type SdkEvents = {
  /** Somebody's picture and sound. Said once for each person, also to whoever begins to listen later. */
  remoteStream: Someone & { stream: MediaStream };
  remoteStreamRemoved: Someone;
  screenStream: Someone & { stream: MediaStream };
  screenStreamRemoved: Someone;
  localStream: { stream: MediaStream | null };
  joined: { roomId: string; participantId: string };
  waiting: { roomId: string };
  /** What lets this page in after a reload, once the token that it was given has run out. */
  tokenRenewed: { token: string };
  userJoined: Someone & { person: Person };
  userLeft: Someone & { reason: string };
  userUpdated: Someone & { person: Person };
  userReconnecting: Someone;
  userReconnected: Someone;
  userMediaToggled: Someone & { type: "audio" | "video" | "screen"; mediaType: string; enabled: boolean; by: string };
  mutedByHost: { type: "audio" | "video" | "screen" };
  chatMessage: ChatEntry;
  chatDeleted: { id: string };
  reaction: Someone & { emoji: string };
  caption: Someone & { text: string; final: boolean };
  knock: { knockId: string; userName: string };
  deviceUnplugged: { kind: "audio" | "video"; isReplaced: boolean };
  minutesWarning: NonNullable<CallState["warning"]>;
  stateChanged: { state: SdkState };
  reconnecting: { attempt: number };
  reconnected: { roomId: string };
  ended: Ended;
  /** What went wrong where nobody waits for an answer. */
  error: MultimediaError;
};

export type SdkState = "idle" | "connecting" | "connected" | "reconnecting" | "ended";

export const someone = ({ id, name }: Pick<Person, "id" | "name">): Someone => ({
  userId: id,
  participantId: id,
  userName: name,
});
