import { sql } from "drizzle-orm";
import type { TxCtx } from "@/lib/ctx";
import { deliveries, endpoints, events } from "@/lib/db/schema";
import { type Id, newId } from "@/lib/ids";
import { bodyOf } from "./body";
import type { EventFacts, EventType } from "./catalogue";

/**
 * Tells an account's endpoints that something happened, once this transaction commits. An account without
 * endpoints has nobody to tell, and costs one look. The endpoints are held so that none is removed meanwhile.
 */
export async function emitEvent<T extends EventType>(
  ctx: TxCtx,
  accountId: Id<"account">,
  type: T,
  facts: EventFacts<T>,
): Promise<void> {
  const id = newId("event");
  const body = bodyOf({ accountId, type, facts, at: ctx.now });
  await ctx.db.execute(sql`
    with event as (
      insert into ${events} (id, account_id, type, body)
      select ${id}, ${accountId}, ${type}, ${body}
      where exists (select 1 from ${endpoints} where account_id = ${accountId})
      returning id
    )
    insert into ${deliveries} (endpoint_id, event_id, account_id)
    select endpoint.id, event.id, ${accountId}
    from event, ${endpoints} as endpoint
    where endpoint.account_id = ${accountId} and endpoint.state = 'enabled'
      and (endpoint.events = '{}' or ${type} = any(endpoint.events))
    for key share of endpoint`);
}
