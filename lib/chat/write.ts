import { and, eq } from "drizzle-orm";
import { type Ctx, inTx, type RoomActor } from "@/lib/ctx";
import { chatMessages } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { insideWithMeeting } from "@/lib/meetings/inside";
import { written } from "@/lib/meetings/queries";
import type { Line } from "@/lib/meetings/schema";
import { tellRoom } from "@/lib/meetings/tell";
import type { ChatMessage } from "@/lib/protocol/room-parts";
import type { RoomInput } from "@/lib/protocol/rooms";

/** Writes to everybody in the room and keeps it. The same message again says nothing twice. */
export async function writeChat(
  ctx: Ctx<RoomActor>,
  { line, text, clientId }: { line: Line } & RoomInput<"chat-message">,
): Promise<ChatMessage> {
  return inTx(ctx, async (ctx) => {
    const { row, meetingId } = await insideWithMeeting(ctx, line);
    const [made] = await ctx.db
      .insert(chatMessages)
      .values({ id: newId("chat"), roomId: line.roomId, meetingId, participantId: row.id, clientId, text })
      .onConflictDoNothing()
      .returning();
    if (made) {
      const message = written(made, row.name);
      await tellRoom(ctx, line.roomId, "chat-message", message);
      return message;
    }
    const [before] = await ctx.db
      .select()
      .from(chatMessages)
      .where(and(eq(chatMessages.participantId, row.id), eq(chatMessages.clientId, clientId)));
    if (!before) throw new AppError("conflict", "This message was not kept. Send it again.");
    return written(before, row.name);
  });
}
