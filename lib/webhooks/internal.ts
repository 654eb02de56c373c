import { and, count, eq } from "drizzle-orm";
import { mailMembers } from "@/lib/accounts/mail-members";
import { recordAudit } from "@/lib/audit/record";
import type { Ctx, MemberActor, TxCtx } from "@/lib/ctx";
import { elapsedNow } from "@/lib/db/client";
import { deliveries, endpoints } from "@/lib/db/schema";
import { AppError, notFound } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { announceChange } from "@/lib/outbox/announce";
import { type Endpoint, MOST_ENDPOINTS } from "./schema";

export type EndpointRow = typeof endpoints.$inferSelect;

const mine = (ctx: Ctx<MemberActor>, id: Id<"endpoint">) =>
  and(eq(endpoints.id, id), eq(endpoints.accountId, ctx.actor.accountId));

/** Locks the caller's endpoint, so that changes and answers take turns. */
export async function lockEndpoint(ctx: TxCtx<MemberActor>, id: Id<"endpoint">): Promise<EndpointRow> {
  const [row] = await ctx.db.select().from(endpoints).where(mine(ctx, id)).for("no key update");
  if (!row) throw notFound("Endpoint");
  return row;
}

export async function readEndpoint(ctx: Ctx<MemberActor>, id: Id<"endpoint">): Promise<Endpoint> {
  const [row] = await ctx.db.select().from(endpoints).where(mine(ctx, id));
  if (!row) throw notFound("Endpoint");
  return withoutSecrets(row);
}

export const withoutSecrets = ({
  secret: _,
  previousSecret: __,
  accountId: ___,
  createdBy: ____,
  ...row
}: EndpointRow) => row;

/** Call it with the account locked, or two that are made at once pass the limit together. */
export async function requireRoom(ctx: TxCtx<MemberActor>): Promise<void> {
  const [held] = await ctx.db
    .select({ count: count() })
    .from(endpoints)
    .where(eq(endpoints.accountId, ctx.actor.accountId));
  const current = held?.count ?? 0;
  if (current < MOST_ENDPOINTS) return;
  throw new AppError(
    "conflict",
    `This account has ${MOST_ENDPOINTS} endpoints, which is the most. Remove one that is not needed.`,
    { flat: { limit: MOST_ENDPOINTS, current } },
  );
}

/** Switches an endpoint off, gives up what waits for it, and tells those who look after it when nobody asked for it. */
export async function disable(
  ctx: TxCtx,
  { id, accountId, url, failingSince }: EndpointRow,
  reason: "by_hand" | "gone" | "failing",
): Promise<void> {
  const [row] = await ctx.db
    .update(endpoints)
    .set({ state: "disabled", reason, stateSince: elapsedNow })
    .where(eq(endpoints.id, id))
    .returning({ stateSince: endpoints.stateSince });
  await ctx.db
    .update(deliveries)
    .set({ state: "failed", leasedUntil: null, failure: "The endpoint was switched off." })
    .where(and(eq(deliveries.endpointId, id), eq(deliveries.state, "waiting")));
  await recordAudit(ctx, { accountId, action: "endpoint.disabled", target: id, detail: { url, reason } });
  await announceChange(ctx, accountId, "webhooks");
  if (reason === "by_hand") return;
  const since = (failingSince ?? row?.stateSince ?? ctx.now).toISOString();
  await mailMembers(ctx, {
    accountId,
    scope: "webhooks:write",
    mail: { template: "endpoint_disabled", facts: { endpointId: id, url, reason, since } },
  });
}
