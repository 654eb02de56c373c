import type { Ctx } from "@/lib/ctx";
import { toRefusal } from "@/lib/errors";
import { leaveBySecret } from "@/lib/meetings/leave";
import type { LeaveByPage, RoomRef } from "./schema";

/** Whoever holds the secret leaves. It says the same to a wrong one, from which nobody learns anything. */
export async function leaveByPage(
  ctx: Ctx,
  { id, participantId, resumeToken }: RoomRef & LeaveByPage,
): Promise<{ left: true }> {
  const asItself = { ...ctx, actor: { kind: "system" as const, name: "page closed" } };
  await leaveBySecret(asItself, { roomId: id, participantId, resumeToken }).catch((error) => {
    if (toRefusal(error).code !== "not_found") throw error;
  });
  return { left: true };
}
