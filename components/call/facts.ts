import type { RoomFacts, RoomKind } from "@/lib/protocol/room-parts";

/** What is known of a room before anybody is in it. */
export type RoomBefore = {
  name: string;
  kind: RoomKind;
  branding: RoomFacts["branding"];
  brand: RoomFacts["brand"];
  waitingRoom: boolean;
  /** Whether somebody who comes this way may be heard and seen. */
  publishes: boolean;
  /** Who is inside, for those who may know. */
  inside: { id: string; name: string }[];
};

/** Somebody who is signed in. */
export type Me = { name: string; roomsHref: string };

export type Role = "host" | "moderator" | "speaker" | "listener";

export const ROLE_WORDS: Record<Role, string> = {
  host: "Host",
  moderator: "Moderator",
  speaker: "Speaker",
  listener: "Listener",
};
