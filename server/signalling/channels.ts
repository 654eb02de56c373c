import type { Server, Socket } from "socket.io";
import type { RoomActor } from "@/lib/ctx";
import type { Id } from "@/lib/ids";
import type { ServerEvents } from "@/lib/protocol/account";
import type { RoomClientEvents, RoomServerEvents } from "@/lib/protocol/rooms";

export type SocketData = {
  actor: RoomActor;
  /** The account whose room the line is in, or at whose door. */
  inRoomOf?: Id<"account"> | undefined;
};
type Said = ServerEvents & RoomServerEvents;
type BetweenServers = Record<string, never>;

export type Signalling = Server<RoomClientEvents, Said, BetweenServers, SocketData>;
export type Line = Socket<RoomClientEvents, Said, BetweenServers, SocketData>;

export const accountRoom = (accountId: string) => `account:${accountId}`;
export const loginRoom = (loginId: string) => `login:${loginId}`;
export const keyRoom = (keyId: string) => `key:${keyId}`;

/** Everybody in a room, on whatever server. */
export const roomChannel = (roomId: string) => `room:${roomId}`;
/** One person in one room: the name holds both, so nobody is reached from a room that they are not in. */
export const personChannel = (roomId: string, participantId: string) => `room:${roomId}:${participantId}`;

/** Where a socket hears its account's news. Who only has a pass to a room hears of the room alone. */
export function channelsOf(actor: RoomActor): string[] {
  if (actor.kind === "guest") return [];
  return [accountRoom(actor.accountId), actor.kind === "user" ? loginRoom(actor.loginId) : keyRoom(actor.keyId)];
}
