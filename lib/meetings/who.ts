import { type Ctx, type RoomActor, requireScope } from "@/lib/ctx";
import { AppError } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import type { RoomRole } from "@/lib/protocol/room-parts";
import { ROLE_SCOPES } from "@/lib/scopes";

/** A pass opens one door; a key or a login those of its account. */
export function requireDoor(ctx: Ctx<RoomActor>, { roomId }: { roomId: Id<"room"> }): void {
  const { actor } = ctx;
  if (actor.kind !== "guest") requireScope({ ...ctx, actor }, "rooms:join");
  else if (actor.pass.roomId !== roomId) throw new AppError("forbidden", "This token is for another room.");
}

/** The account whose room somebody may come to. */
export const accountOf = (actor: RoomActor): Id<"account"> =>
  actor.kind === "guest" ? actor.pass.accountId : actor.accountId;

/** Somebody who may open and delete the account's rooms is host in all of them. */
export function roleOf(actor: RoomActor): RoomRole {
  if (actor.kind === "guest") return actor.pass.role;
  const scopes = actor.kind === "user" ? ROLE_SCOPES[actor.role] : actor.scopes;
  return scopes.includes("rooms:write") ? "host" : "speaker";
}

/**
 * Who somebody is for as long as they are in a room. Many people may share one key, so a key is told apart by device,
 * and without one every arrival is somebody new.
 */
export function identityOf(actor: RoomActor, deviceId: string | undefined, unique: string): string {
  if (actor.kind === "user") return `user:${actor.userId}`;
  if (actor.kind === "key") return `key:${actor.keyId}:${deviceId ?? unique}`;
  const { subject, id } = actor.pass;
  return subject === null ? `pass:${id}` : `subject:${subject}`;
}

/** Whether somebody who shows a secret is whom it was given to. */
export function isHolder(actor: RoomActor, identity: string): boolean {
  if (actor.kind === "key") return identity.startsWith(`key:${actor.keyId}:`);
  return identity === identityOf(actor, undefined, "");
}
