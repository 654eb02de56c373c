import { AppError } from "@/lib/errors";
import { type Grants, type Media, ROOM_ROLES, type RoomKind, type RoomRole } from "@/lib/protocol/room-parts";

export const moderates = (role: RoomRole): boolean => role === "host" || role === "moderator";

export const grantsOf = (role: RoomRole): Grants => ({
  publish: role !== "listener",
  chat: true,
  moderate: moderates(role),
});

/** Nobody is moderated by somebody of a lower role. */
export const mayModerate = (who: RoomRole, whom: RoomRole): boolean =>
  moderates(who) && ROOM_ROLES.indexOf(who) <= ROOM_ROLES.indexOf(whom);

/** What somebody sends on coming in: nothing without the right to, and no pictures into a voice room. */
export function mediaAllowed(asked: Media, role: RoomRole, kind: RoomKind): Media {
  if (!grantsOf(role).publish) return { audio: false, video: false, screen: false };
  return kind === "voice" ? { ...asked, video: false, screen: false } : asked;
}

type Door = { isLocked: boolean; hasWaitingRoom: boolean };
type Comer = { role: RoomRole; isBanned: boolean; isAdmitted: boolean; isReloading: boolean };

/** What a newcomer finds at the door, before anybody counts the seats. */
export function atTheDoor(door: Door, comer: Comer): "enter" | "wait" {
  if (comer.isBanned) throw new AppError("banned", "The host does not let you into this room again.");
  if (moderates(comer.role) || comer.isReloading) return "enter";
  if (door.isLocked) throw new AppError("room_locked", "The host has locked this room.");
  return door.hasWaitingRoom && !comer.isAdmitted ? "wait" : "enter";
}

/** A reload takes its own place again. Who names no device may be any. */
export const isSameDevice = (
  there: { deviceId: string | null } | undefined,
  comer: { deviceId?: string | undefined },
): boolean => comer.deviceId !== undefined && comer.deviceId === there?.deviceId;

/** Whether somebody who is inside already gives way to a line of theirs from elsewhere. Hosts are asked first. */
export function requireMayMove(
  there: { isConnected: boolean; role: RoomRole; deviceId: string | null },
  comer: { deviceId?: string | undefined; move: boolean },
): void {
  if (!there.isConnected || isSameDevice(there, comer) || comer.move || there.role !== "host") return;
  throw new AppError("already_in_room", "You are in this room on another device.", { details: { movable: true } });
}

const MEDIA_LINE = /^m=(?:audio|video)\b/;
const RECEIVES = /^a=(?:recvonly|inactive)[ \t]*$/m;
/** The last word on a direction counts, so that one among others is enough. */
const SENDS = /^a=(?:sendrecv|sendonly)\b/m;
/** Where we would read two lines and a browser one. */
const ODD_BREAK = /\r(?!\n)|[\u2028\u2029]/;

/** Whether a description offers to send sound or pictures, or may be read as if it did. */
export const sendsMedia = (sdp: string): boolean =>
  ODD_BREAK.test(sdp) ||
  sdp.split(/^(?=m=)/m).some((section) => MEDIA_LINE.test(section) && (SENDS.test(section) || !RECEIVES.test(section)));
