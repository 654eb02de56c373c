import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { type Ctx, inTx, type SystemActor, type TxCtx } from "@/lib/ctx";
import { participants, presence, rooms } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { TIMES } from "@/lib/protocol/limits";
import { ago, closePresence, findIn, takeOut } from "./internal";
import { lockRoom } from "./lock";
import { tellRoom, tellSome } from "./tell";

const MOST = 500;

/**
 * Ends the presence of lines that died without a word, at their last sign of life; says who is reconnecting; and gives
 * up the places of those who did not come back. After a start `keepsPlaces` gives everybody time to find the way.
 */
export async function sweepGhosts(ctx: Ctx<SystemActor>, { keepsPlaces }: { keepsPlaces: boolean }): Promise<void> {
  for (const { id, roomId } of await suspects(ctx)) {
    await inTx(ctx, async (ctx) => {
      await lockRoom(ctx, roomId);
      await judge(ctx, { id, roomId, keepsPlaces });
    });
  }
}

/** Those of whom nothing was heard, and those without a line. The open rooms alone: a closed one let everybody go. */
const suspects = (ctx: Ctx): Promise<{ id: Id<"participant">; roomId: Id<"room"> }[]> =>
  ctx.db
    .select({ id: participants.id, roomId: participants.roomId })
    .from(participants)
    .innerJoin(rooms, and(eq(rooms.id, participants.roomId), isNull(rooms.closedAt)))
    .leftJoin(presence, and(eq(presence.participantId, participants.id), isNull(presence.untilAt)))
    .where(
      and(
        ne(participants.state, "left"),
        sql`(${participants.seenAt} < ${ago(TIMES.seatMs)} or (${participants.state} = 'inside' and ${presence.id} is null))`,
      ),
    )
    .orderBy(participants.roomId, participants.id)
    .limit(MOST);

async function judge(
  ctx: TxCtx,
  { id, roomId, keepsPlaces }: { id: Id<"participant">; roomId: Id<"room">; keepsPlaces: boolean },
): Promise<void> {
  await closePresence(ctx, id, "stale");
  const row = await findIn(ctx, roomId, id);
  if (!row || row.state === "left") return;
  const absentMs = await absence(ctx, id);

  if (row.state !== "inside") {
    if (keepsPlaces || absentMs < TIMES.seatMs) return;
    await takeOut(ctx, row, "left");
    return tellSome(ctx, { roomId, audience: "moderators", name: "knock-gone" }, { knockId: id });
  }
  if (absentMs >= TIMES.seatMs && !keepsPlaces) return takeOut(ctx, row, "lost");
  if (absentMs < TIMES.reconnectingMs || row.isReconnecting) return;
  await ctx.db.update(participants).set({ isReconnecting: true }).where(eq(participants.id, id));
  await tellRoom(ctx, roomId, "user-reconnecting", { participantId: id, userId: id });
}

/** How long somebody has had no line; nothing while they have one. Who waits outside is counted from the last sign of life. */
async function absence(ctx: TxCtx, id: Id<"participant">): Promise<number> {
  const [row] = await ctx.db.execute<{ absent_ms: number | null }>(sql`
    select extract(epoch from clock_timestamp() - coalesce(max(p.until_at), min(who.seen_at)))::float8 * 1000 as absent_ms
    from ${participants} as who left join ${presence} as p on p.participant_id = who.id
    where who.id = ${id} having count(*) filter (where p.id is not null and p.until_at is null) = 0`);
  return row?.absent_ms ?? 0;
}
