import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type UserActor } from "@/lib/ctx";
import { takeTurn } from "@/lib/limits";
import { minutes } from "@/lib/time";
import { lockOwn, turnTo, write } from "./internal";
import { supportLevelOf } from "./level";
import type { RequestRef, WriteMessage } from "./schema";

const MESSAGES = { count: 20, windowMs: minutes(15) };

/** Goes on in a request of one's own. One that was answered or closed is open again, and waits from now on. */
export async function replyToRequest(ctx: Ctx<UserActor>, { id, message }: WriteMessage): Promise<RequestRef> {
  takeTurn(`support-reply:${ctx.actor.userId}`, MESSAGES);
  return inTx(ctx, async (ctx) => {
    const request = await lockOwn(ctx, id);
    await write(ctx, { requestId: id, side: "person", body: message });
    const level = await supportLevelOf(ctx, request.accountId);
    await turnTo(ctx, request, { state: "open", level, ...(request.state !== "open" && { waits: true }) });
    await recordAudit(ctx, { action: "support.replied", target: id });
    return { id };
  });
}
