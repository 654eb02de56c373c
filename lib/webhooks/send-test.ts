import { eq } from "drizzle-orm";
import { lockAccountAsPerson } from "@/lib/accounts/lock";
import { type Ctx, inTx, type MemberActor, requireScope, requireUser } from "@/lib/ctx";
import { deliveries, events, users } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import { bodyOf } from "@/lib/events/body";
import { newId } from "@/lib/ids";
import { takeTurn } from "@/lib/limits";
import { minutes } from "@/lib/time";
import { lockEndpoint } from "./internal";
import { getDelivery } from "./queries";
import type { EndpointRef, WholeDelivery } from "./schema";

const TESTS = { count: 20, windowMs: minutes(1) };

/** Sends a `webhook.test` event to one endpoint, once, whatever it listens to. */
export async function sendTest(ctx: Ctx<MemberActor>, { id }: EndpointRef): Promise<WholeDelivery> {
  requireUser(ctx);
  requireScope(ctx, "webhooks:write");
  takeTurn(`webhook-test:${ctx.actor.accountId}`, TESTS);

  return inTx(ctx, async (arrived) => {
    const { ctx } = await lockAccountAsPerson(arrived, "webhooks:write");
    const endpoint = await lockEndpoint(ctx, id);
    if (endpoint.state === "disabled") throw new AppError("conflict", "This endpoint is off. Switch it on to test it.");
    const { accountId, userId } = ctx.actor;
    const [sender] = await ctx.db.select({ name: users.name }).from(users).where(eq(users.id, userId));
    const facts = { message: "This is a test. Nothing happened.", sentBy: sender?.name ?? "" };
    const [eventId, type] = [newId("event"), "webhook.test" as const];
    const body = bodyOf({ accountId, type, facts, at: ctx.now });
    await ctx.db.insert(events).values({ id: eventId, accountId, type, body });
    await ctx.db.insert(deliveries).values({ endpointId: id, eventId, accountId });
    return getDelivery(ctx, { id, eventId });
  });
}
