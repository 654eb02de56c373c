import { and, eq, sql } from "drizzle-orm";
import { lockAccount } from "@/lib/accounts/lock";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireScope, requireUser } from "@/lib/ctx";
import { elapsedNow } from "@/lib/db/client";
import { deliveries, events } from "@/lib/db/schema";
import { AppError, notFound } from "@/lib/errors";
import { announceChange } from "@/lib/outbox/announce";
import { type EndpointRow, lockEndpoint } from "./internal";
import { getDelivery } from "./queries";
import type { DeliveryRef, Replayed, ReplaySince, WholeDelivery } from "./schema";

/** So many at once, so that no press floods a receiver that has just come back. */
const MOST_REPLAYED = 10_000;

const anew = { state: "waiting", attempts: 0, dueAt: elapsedNow, leasedUntil: null } as const;

/** Sends one event again, from the first try on. The webhook-id stays, so a receiver can tell. */
export async function replayDelivery(ctx: Ctx<MemberActor>, { id, eventId }: DeliveryRef): Promise<WholeDelivery> {
  requireUser(ctx);
  requireScope(ctx, "webhooks:write");

  return inTx(ctx, async (arrived) => {
    const { ctx } = await lockAccount(arrived, "webhooks:write");
    requireEnabled(await lockEndpoint(ctx, id));
    const { accountId } = ctx.actor;
    const [again] = await ctx.db
      .update(deliveries)
      .set(anew)
      .where(and(eq(deliveries.endpointId, id), eq(deliveries.eventId, eventId), eq(deliveries.accountId, accountId)))
      .returning({ eventId: deliveries.eventId });
    if (!again) throw notFound("Delivery");
    await recordAudit(ctx, { action: "delivery.replayed", target: id, detail: { eventId } });
    await announceChange(ctx, accountId, "webhooks");
    return getDelivery(ctx, { id, eventId });
  });
}

/** Sends an endpoint what it missed: what failed, and what happened while it was off or listened to something else. */
export async function replaySince(ctx: Ctx<MemberActor>, { id, since, which }: ReplaySince): Promise<Replayed> {
  requireUser(ctx);
  requireScope(ctx, "webhooks:write");

  return inTx(ctx, async (arrived) => {
    const { ctx } = await lockAccount(arrived, "webhooks:write");
    const endpoint = await lockEndpoint(ctx, id);
    requireEnabled(endpoint);
    const { accountId } = ctx.actor;
    const listened =
      endpoint.events.length === 0 ? sql`true` : sql`${events.type} = any(${sql.param(endpoint.events)})`;
    const rows = await ctx.db.execute(sql`
      insert into ${deliveries} (endpoint_id, event_id, account_id)
      select ${id}, ${events.id}, ${accountId} from ${events}
      where ${events.accountId} = ${accountId} and ${events.createdAt} >= ${since.toISOString()}
        and ${events.type} <> 'webhook.test' and ${listened}
      order by ${events.id} limit ${MOST_REPLAYED}
      on conflict (endpoint_id, event_id) do update
        set state = 'waiting', attempts = 0, due_at = clock_timestamp(), leased_until = null
        where ${deliveries}.state = 'failed' or (${which} = 'all' and ${deliveries}.state = 'delivered')
      returning 1`);
    const replayed = rows.length;
    await recordAudit(ctx, { action: "delivery.replayed_since", target: id, detail: { since, which, replayed } });
    await announceChange(ctx, accountId, "webhooks");
    return { replayed };
  });
}

function requireEnabled({ state }: EndpointRow): void {
  if (state === "disabled") throw new AppError("conflict", "This endpoint is off. Switch it on to replay events.");
}
