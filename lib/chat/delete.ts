import { and, eq, isNull, sql } from "drizzle-orm";
import { type Ctx, inTx, type RoomActor } from "@/lib/ctx";
import { elapsedNow } from "@/lib/db/client";
import { chatMessages } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { insideWithMeeting } from "@/lib/meetings/inside";
import { moderates } from "@/lib/meetings/rules";
import type { Line } from "@/lib/meetings/schema";
import { tellRoom } from "@/lib/meetings/tell";

/** Takes a message back: one's own for a quarter of an hour, anybody's for those who moderate. */
export async function deleteChat(ctx: Ctx<RoomActor>, { line, id }: { line: Line; id: Id<"chat"> }): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const { row } = await insideWithMeeting(ctx, line);
    const own = sql`(${chatMessages.participantId} = ${row.id} and ${chatMessages.sentAt} > clock_timestamp() - interval '15 minutes')`;
    const deleted = await ctx.db
      .update(chatMessages)
      .set({ deletedAt: elapsedNow, text: "" })
      .where(
        and(
          eq(chatMessages.id, id),
          eq(chatMessages.roomId, line.roomId),
          isNull(chatMessages.deletedAt),
          moderates(row.role) ? undefined : own,
        ),
      )
      .returning({ id: chatMessages.id });
    if (deleted.length === 0) throw notFound("Message");
    await tellRoom(ctx, line.roomId, "chat-deleted", { id, by: row.id });
  });
}
