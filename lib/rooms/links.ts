import { randomBytes } from "node:crypto";
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireScope } from "@/lib/ctx";
import { elapsedNow } from "@/lib/db/client";
import { roomLinks } from "@/lib/db/schema";
import { env } from "@/lib/env";
import { notFound } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { lockRoom } from "@/lib/meetings/lock";
import { hashOf } from "./internal";
import { getRoom } from "./queries";
import type { Link, LinkRef, MadeLink, MakeLink, RoomRef } from "./schema";

const SECRET_BYTES = 24;
const MOST_SHOWN = 100;

const stateOf = sql<Link["state"]>`case
  when ${roomLinks.revokedAt} is not null then 'revoked'
  when ${roomLinks.isOneTime} and ${roomLinks.usedAt} is not null then 'spent'
  when ${roomLinks.expiresAt} <= clock_timestamp() then 'expired'
  else 'live' end`;

const shown = {
  id: roomLinks.id,
  label: roomLinks.label,
  role: roomLinks.role,
  oneTime: roomLinks.isOneTime,
  state: stateOf,
  createdAt: roomLinks.createdAt,
  expiresAt: roomLinks.expiresAt,
  usedAt: roomLinks.usedAt,
};

/** Makes an address by which people without a login come into a room. It is shown once. */
export async function makeLink(ctx: Ctx<MemberActor>, input: RoomRef & MakeLink): Promise<MadeLink> {
  requireScope(ctx, "rooms:write");
  const { id: roomId, label, role, oneTime, expiresInHours } = input;
  const secret = randomBytes(SECRET_BYTES).toString("base64url");

  return inTx(ctx, async (ctx) => {
    await lockRoom(ctx, roomId);
    const [made] = await ctx.db
      .insert(roomLinks)
      .values({
        id: newId("link"),
        roomId,
        label,
        role,
        secretHash: hashOf(secret),
        isOneTime: oneTime,
        createdBy: ctx.actor.kind === "user" ? ctx.actor.userId : ctx.actor.keyId,
        expiresAt:
          expiresInHours === null
            ? null
            : sql`clock_timestamp() + make_interval(secs => ${Math.round(expiresInHours * 3_600)})`,
      })
      .returning(shown);
    if (!made) throw new Error("No link was made");
    await recordAudit(ctx, { action: "room.link_made", target: made.id, detail: { roomId, label, role, oneTime } });
    // Behind the mark: what stands there reaches no server log and no referrer.
    return { ...made, url: `${env().publicUrl}/call/${roomId}#link=${secret}` };
  });
}

/** Takes a link back. Whoever came in by it stays until they leave. */
export async function revokeLink(ctx: Ctx<MemberActor>, { id: roomId, linkId }: LinkRef): Promise<Link> {
  requireScope(ctx, "rooms:write");
  return inTx(ctx, async (ctx) => {
    await getRoom(ctx, { id: roomId });
    const which = and(eq(roomLinks.id, linkId), eq(roomLinks.roomId, roomId));
    const revoked = await ctx.db
      .update(roomLinks)
      .set({ revokedAt: elapsedNow })
      .where(and(which, isNull(roomLinks.revokedAt)))
      .returning({ label: roomLinks.label });
    if (revoked.length > 0)
      await recordAudit(ctx, { action: "room.link_revoked", target: linkId, detail: { roomId, ...revoked[0] } });
    const [link] = await ctx.db.select(shown).from(roomLinks).where(which);
    if (!link) throw notFound("Link");
    return link;
  });
}

export async function listLinks(ctx: Ctx<MemberActor>, { id: roomId }: RoomRef): Promise<{ links: Link[] }> {
  requireScope(ctx, "rooms:read");
  await getRoom(ctx, { id: roomId });
  const links = await ctx.db
    .select(shown)
    .from(roomLinks)
    .where(eq(roomLinks.roomId, roomId))
    .orderBy(desc(roomLinks.id))
    .limit(MOST_SHOWN);
  return { links };
}
