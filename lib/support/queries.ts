import { and, asc, count, desc, eq, lt, sql } from "drizzle-orm";
import { type Ctx, requireStaff, type UserActor } from "@/lib/ctx";
import { accounts, supportRequests, users } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import { messagesOf, own } from "./internal";
import { SUPPORT_LEVELS } from "./rules";
import type {
  ListedRequest,
  ListQueue,
  ListRequests,
  QueuedRequest,
  QueuedThread,
  RequestRef,
  RequestState,
  Thread,
} from "./schema";

export const QUEUE_PAGE = 50;

const columns = {
  id: supportRequests.id,
  subject: supportRequests.subject,
  state: supportRequests.state,
  level: supportRequests.level,
  createdAt: supportRequests.createdAt,
  updatedAt: supportRequests.updatedAt,
  waitingSince: supportRequests.waitingSince,
};

/** What the caller asked in the account they act for, the latest first. */
export async function listRequests(
  ctx: Ctx<UserActor>,
  { limit, cursor }: ListRequests,
): Promise<{ requests: ListedRequest[]; nextCursor: RequestRef["id"] | null }> {
  const { accountId, userId } = ctx.actor;
  const rows = await ctx.db
    .select(columns)
    .from(supportRequests)
    .where(
      and(
        eq(supportRequests.accountId, accountId),
        eq(supportRequests.userId, userId),
        cursor && lt(supportRequests.id, cursor),
      ),
    )
    .orderBy(desc(supportRequests.id))
    .limit(limit + 1);
  const requests = rows.slice(0, limit);
  return { requests, nextCursor: rows.length > limit ? (requests.at(-1)?.id ?? null) : null };
}

export async function getRequest(ctx: Ctx<UserActor>, { id }: RequestRef): Promise<Thread> {
  const [row] = await ctx.db
    .select({ ...columns, relatesTo: supportRequests.relatesTo })
    .from(supportRequests)
    .where(own(ctx, id));
  if (!row) throw notFound("Request");
  return { ...row, messages: await messagesOf(ctx, id) };
}

const rank = sql`array_position(${sql.raw(`array['${SUPPORT_LEVELS.join("','")}']`)}, ${supportRequests.level})`;

/** What waits for staff: the higher level first, and within one the longest wait. What is done stands the latest first. */
export async function listQueue(
  ctx: Ctx<UserActor>,
  { state, page }: ListQueue,
): Promise<{ requests: QueuedRequest[]; total: number; counts: Record<RequestState, number> }> {
  requireStaff(ctx);
  const [requests, counted] = await Promise.all([
    ctx.db
      .select({ ...columns, accountName: accounts.name, personName: users.name })
      .from(supportRequests)
      .innerJoin(accounts, eq(accounts.id, supportRequests.accountId))
      .innerJoin(users, eq(users.id, supportRequests.userId))
      .where(eq(supportRequests.state, state))
      .orderBy(
        ...(state === "open"
          ? [desc(rank), asc(supportRequests.waitingSince), asc(supportRequests.id)]
          : [desc(supportRequests.updatedAt), desc(supportRequests.id)]),
      )
      .limit(QUEUE_PAGE)
      .offset((page - 1) * QUEUE_PAGE),
    ctx.db
      .select({ state: supportRequests.state, count: count() })
      .from(supportRequests)
      .groupBy(supportRequests.state),
  ]);
  const counts = {
    open: 0,
    answered: 0,
    closed: 0,
    ...Object.fromEntries(counted.map((row) => [row.state, row.count])),
  };
  return { requests, total: counts[state], counts };
}

/** One of anybody's, for staff. */
export async function getQueued(ctx: Ctx<UserActor>, { id }: RequestRef): Promise<QueuedThread> {
  requireStaff(ctx);
  const [row] = await ctx.db
    .select({
      ...columns,
      relatesTo: supportRequests.relatesTo,
      accountId: accounts.id,
      accountName: accounts.name,
      personName: users.name,
      email: users.email,
    })
    .from(supportRequests)
    .innerJoin(accounts, eq(accounts.id, supportRequests.accountId))
    .innerJoin(users, eq(users.id, supportRequests.userId))
    .where(eq(supportRequests.id, id));
  if (!row) throw notFound("Request");
  return { ...row, messages: await messagesOf(ctx, id) };
}
