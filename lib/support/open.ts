import { and, count, eq, ne } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type TxCtx, type UserActor } from "@/lib/ctx";
import { supportRequests } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { takeTurn } from "@/lib/limits";
import { announceChange } from "@/lib/outbox/announce";
import { hours } from "@/lib/time";
import { write } from "./internal";
import { supportLevelOf } from "./level";
import type { OpenRequest, RequestRef } from "./schema";

export const MOST_OPEN = 20;
const REQUESTS = { count: 10, windowMs: hours(1) };

/** Asks the operator's staff something. Everybody may, for themselves. */
export async function openRequest(
  ctx: Ctx<UserActor>,
  { subject, message, relatesTo }: OpenRequest,
): Promise<RequestRef> {
  const { accountId, userId } = ctx.actor;
  takeTurn(`support:${userId}`, REQUESTS);

  return inTx(ctx, async (ctx) => {
    await requireRoom(ctx);
    const id = newId("support");
    const level = await supportLevelOf(ctx, accountId);
    await ctx.db
      .insert(supportRequests)
      .values({ id, accountId, userId, subject, level, relatesTo: relatesTo ?? null });
    await write(ctx, { requestId: id, side: "person", body: message });
    await recordAudit(ctx, { action: "support.opened", target: id, detail: { subject } });
    await announceChange(ctx, accountId, "support");
    return { id };
  });
}

/** A courtesy to those who answer and no promise, so nothing is locked for it. */
async function requireRoom(ctx: TxCtx<UserActor>): Promise<void> {
  const [held] = await ctx.db
    .select({ count: count() })
    .from(supportRequests)
    .where(and(eq(supportRequests.userId, ctx.actor.userId), ne(supportRequests.state, "closed")));
  if ((held?.count ?? 0) < MOST_OPEN) return;
  throw new AppError("conflict", `You have ${MOST_OPEN} requests that are not closed. Close one, or go on in one.`);
}
