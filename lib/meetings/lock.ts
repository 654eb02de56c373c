import { and, eq, isNull } from "drizzle-orm";
import type { RoomActor, SystemActor, TxCtx } from "@/lib/ctx";
import { accounts, rooms } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { accountOf } from "./who";

export type RoomRow = typeof rooms.$inferSelect;

/** Locks an open room of the caller's account, so that whatever happens in it happens one after the other. */
export async function lockRoom(ctx: TxCtx<RoomActor | SystemActor>, roomId: Id<"room">): Promise<RoomRow> {
  const [found] = await ctx.db
    .select({ room: rooms })
    .from(rooms)
    .innerJoin(accounts, eq(accounts.id, rooms.accountId))
    .where(and(eq(rooms.id, roomId), isNull(rooms.closedAt), isNull(accounts.closedAt), ownedBy(ctx.actor)))
    .for("no key update", { of: rooms });
  if (!found) throw notFound("Room");
  return found.room;
}

/** Our own loops reach every room; everybody else those of one account. */
const ownedBy = (actor: RoomActor | SystemActor) =>
  actor.kind === "system" ? undefined : eq(rooms.accountId, accountOf(actor));
