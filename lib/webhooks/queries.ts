import { and, asc, desc, eq, lt } from "drizzle-orm";
import { type Ctx, type MemberActor, requireScope } from "@/lib/ctx";
import { deliveries, endpoints, events } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import { readEndpoint, withoutSecrets } from "./internal";
import {
  type DeliveryPage,
  type DeliveryRef,
  type Endpoint,
  type EndpointRef,
  type ListDeliveries,
  MOST_ENDPOINTS,
  type WholeDelivery,
} from "./schema";

/** The account's endpoints, the oldest first, without their secrets. */
export async function listEndpoints(ctx: Ctx<MemberActor>): Promise<{ endpoints: Endpoint[] }> {
  requireScope(ctx, "webhooks:read");
  const rows = await ctx.db
    .select()
    .from(endpoints)
    .where(eq(endpoints.accountId, ctx.actor.accountId))
    .orderBy(asc(endpoints.id))
    .limit(MOST_ENDPOINTS);
  return { endpoints: rows.map(withoutSecrets) };
}

export async function getEndpoint(ctx: Ctx<MemberActor>, { id }: EndpointRef): Promise<Endpoint> {
  requireScope(ctx, "webhooks:read");
  return readEndpoint(ctx, id);
}

const columns = {
  eventId: deliveries.eventId,
  type: events.type,
  happenedAt: events.createdAt,
  state: deliveries.state,
  attempts: deliveries.attempts,
  dueAt: deliveries.dueAt,
  triedAt: deliveries.triedAt,
  status: deliveries.status,
  durationMs: deliveries.durationMs,
  failure: deliveries.failure,
};

/** What came of the events for one endpoint, the latest event first. */
export async function listDeliveries(
  ctx: Ctx<MemberActor>,
  { id, state, limit, cursor }: ListDeliveries,
): Promise<DeliveryPage> {
  requireScope(ctx, "webhooks:read");
  await readEndpoint(ctx, id);
  const rows = await ctx.db
    .select(columns)
    .from(deliveries)
    .innerJoin(events, eq(events.id, deliveries.eventId))
    .where(
      and(
        eq(deliveries.endpointId, id),
        eq(deliveries.accountId, ctx.actor.accountId),
        state && eq(deliveries.state, state),
        cursor && lt(deliveries.eventId, cursor),
      ),
    )
    .orderBy(desc(deliveries.eventId))
    .limit(limit + 1);
  const page = rows.slice(0, limit).map(asDelivery);
  return { deliveries: page, nextCursor: rows.length > limit ? (page.at(-1)?.eventId ?? null) : null };
}

/** One of them whole: what was sent and what came back. */
export async function getDelivery(ctx: Ctx<MemberActor>, { id, eventId }: DeliveryRef): Promise<WholeDelivery> {
  requireScope(ctx, "webhooks:read");
  const [row] = await ctx.db
    .select({ ...columns, url: endpoints.url, body: events.body, answer: deliveries.answer })
    .from(deliveries)
    .innerJoin(events, eq(events.id, deliveries.eventId))
    .innerJoin(endpoints, eq(endpoints.id, deliveries.endpointId))
    .where(
      and(
        eq(deliveries.endpointId, id),
        eq(deliveries.eventId, eventId),
        eq(deliveries.accountId, ctx.actor.accountId),
      ),
    );
  if (!row) throw notFound("Delivery");
  return asDelivery(row);
}

/** What has come to its end is due no more. */
const asDelivery = <T extends { state: string; dueAt: Date }>(row: T) => ({
  ...row,
  dueAt: row.state === "waiting" ? row.dueAt : null,
});
