import { and, asc, eq } from "drizzle-orm";
import type { Ctx, TxCtx, UserActor } from "@/lib/ctx";
import { elapsedNow } from "@/lib/db/client";
import { supportMessages, supportRequests, users } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import { type Id, newId } from "@/lib/ids";
import { announceChange } from "@/lib/outbox/announce";
import type { RequestState, ThreadMessage } from "./schema";

export type RequestRow = typeof supportRequests.$inferSelect;

/** The caller's own, in the account they act for. What colleagues asked is theirs. */
export const own = ({ actor }: Ctx<UserActor>, id: Id<"support">) =>
  and(
    eq(supportRequests.id, id),
    eq(supportRequests.accountId, actor.accountId),
    eq(supportRequests.userId, actor.userId),
  );

export async function lockOwn(ctx: TxCtx<UserActor>, id: Id<"support">): Promise<RequestRow> {
  const [row] = await ctx.db.select().from(supportRequests).where(own(ctx, id)).for("update");
  if (!row) throw notFound("Request");
  return row;
}

/** For staff, who may read every account's. */
export async function lockAny(ctx: TxCtx<UserActor>, id: Id<"support">): Promise<RequestRow> {
  const [row] = await ctx.db.select().from(supportRequests).where(eq(supportRequests.id, id)).for("update");
  if (!row) throw notFound("Request");
  return row;
}

export async function write(
  ctx: TxCtx<UserActor>,
  { requestId, side, body }: { requestId: Id<"support">; side: "person" | "staff"; body: string },
): Promise<void> {
  await ctx.db
    .insert(supportMessages)
    .values({ id: newId("message"), requestId, side, userId: ctx.actor.userId, body });
}

export async function turnTo(
  ctx: TxCtx,
  { id, accountId }: RequestRow,
  changes: { state: RequestState; level?: RequestRow["level"]; waits?: true },
): Promise<void> {
  const { state, level, waits } = changes;
  await ctx.db
    .update(supportRequests)
    .set({
      state,
      updatedAt: elapsedNow,
      closedAt: state === "closed" ? elapsedNow : null,
      ...(level && { level }),
      ...(waits && { waitingSince: elapsedNow }),
    })
    .where(eq(supportRequests.id, id));
  await announceChange(ctx, accountId, "support");
}

/** Both sides by name, the first first. Staff have none here: they answer for the house. */
export async function messagesOf(ctx: Ctx, requestId: Id<"support">): Promise<ThreadMessage[]> {
  const rows = await ctx.db
    .select({
      id: supportMessages.id,
      side: supportMessages.side,
      name: users.name,
      body: supportMessages.body,
      createdAt: supportMessages.createdAt,
    })
    .from(supportMessages)
    .innerJoin(users, eq(users.id, supportMessages.userId))
    .where(eq(supportMessages.requestId, requestId))
    .orderBy(asc(supportMessages.id))
    .limit(MOST_MESSAGES);
  return rows.map((row) => (row.side === "staff" ? { ...row, name: "Parley" } : row));
}

export const MOST_MESSAGES = 200;
