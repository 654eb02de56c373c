import { sql } from "drizzle-orm";
import type { TxCtx } from "@/lib/ctx";
import { roomEvents, rooms } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import type { DurableName, PassingName } from "@/lib/protocol/room-events";

/** Tells everybody in a room, once this transaction commits, and gives it the next number of the room. */
export async function tellRoom(
  ctx: TxCtx,
  roomId: Id<"room">,
  name: DurableName,
  body: Record<string, unknown>,
): Promise<number> {
  const [told] = await ctx.db.execute<{ seq: string }>(sql`
    with place as (update ${rooms} set seq = seq + 1 where id = ${roomId} returning seq)
    insert into ${roomEvents} (room_id, seq, name, body)
    select ${roomId}, place.seq, ${name}, ${JSON.stringify(body)}::jsonb from place returning seq`);
  if (!told) throw new Error("There is no such room to tell");
  return Number(told.seq);
}

/** Tells one person, or all who moderate. It has no place in the room's order and is not told again. */
export async function tellSome(
  ctx: TxCtx,
  told: { roomId: Id<"room">; audience: Id<"participant"> | "moderators"; name: PassingName },
  body: Record<string, unknown>,
): Promise<void> {
  await ctx.db.insert(roomEvents).values({ ...told, body });
}
