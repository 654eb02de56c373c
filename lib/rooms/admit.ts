import { and, eq, isNull, sql } from "drizzle-orm";
import { brandOf } from "@/lib/branding/queries";
import { type Ctx, type GuestActor, type MemberActor, type RoomPass, requireScope } from "@/lib/ctx";
import { accounts, roomLinks, rooms } from "@/lib/db/schema";
import { entitlementsOf } from "@/lib/entitlements/queries";
import { AppError, notFound } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { later, seconds } from "@/lib/time";
import { hashOf } from "./internal";
import { signPass } from "./pass";
import { getRoom } from "./queries";
import type { EnterByLink, Entry, JoinToken, MintToken, RoomRef } from "./schema";

const LINK_TOKEN_MS = seconds(600);

/** A short token with which somebody whom the account knows opens a socket to one room. */
export async function mintToken(ctx: Ctx<MemberActor>, input: RoomRef & MintToken): Promise<JoinToken> {
  requireScope(ctx, "rooms:write");
  const room = await getRoom(ctx, { id: input.id });
  if (room.state === "closed") throw notFound("Room");
  return issue({
    id: newId("pass"),
    accountId: ctx.actor.accountId,
    roomId: room.id,
    role: input.role,
    subject: input.subject ?? null,
    name: input.name ?? null,
    linkId: null,
    expiresAt: later(new Date(), seconds(input.expiresInSeconds)),
  });
}

/** Turns a guest link into such a token. Looking at a link does not use it; coming in does. */
export async function enterByLink(ctx: Ctx<GuestActor>, input: RoomRef & EnterByLink): Promise<Entry> {
  const [found] = await ctx.db
    .select({ room: rooms, link: roomLinks })
    .from(roomLinks)
    .innerJoin(rooms, eq(rooms.id, roomLinks.roomId))
    .innerJoin(accounts, eq(accounts.id, rooms.accountId))
    .where(
      and(
        eq(roomLinks.secretHash, hashOf(input.link)),
        eq(roomLinks.roomId, input.id),
        isNull(rooms.closedAt),
        isNull(accounts.closedAt),
        isNull(roomLinks.revokedAt),
        sql`(${roomLinks.expiresAt} is null or ${roomLinks.expiresAt} > clock_timestamp())`,
        sql`not (${roomLinks.isOneTime} and ${roomLinks.usedAt} is not null)`,
      ),
    );
  if (!found) throw new AppError("link_spent", "This link has been used or has run out. Ask for another one.");
  const { room, link } = found;
  const pass: RoomPass = {
    id: newId("pass"),
    accountId: room.accountId,
    roomId: room.id,
    role: link.role,
    subject: null,
    name: input.name ?? null,
    linkId: link.id,
    expiresAt: later(new Date(), LINK_TOKEN_MS),
  };
  const entitlement = await entitlementsOf(ctx, room.accountId);
  const facts = {
    id: room.id,
    name: room.name,
    type: room.kind,
    branding: entitlement?.branding ?? "parley",
    brand: await brandOf(ctx, room.accountId, entitlement),
    waitingRoom: room.hasWaitingRoom,
  };
  return { ...(await issue(pass)), room: facts };
}

const issue = async (pass: RoomPass): Promise<JoinToken> => ({
  token: await signPass(pass),
  roomId: pass.roomId,
  role: pass.role,
  expiresAt: pass.expiresAt,
});
