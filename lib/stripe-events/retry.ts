import { sql } from "drizzle-orm";
import type { Ctx, SystemActor } from "@/lib/ctx";
import { stripeEvents } from "@/lib/db/schema";
import { stripeMode } from "@/lib/stripe/target";
import { inbox } from "./record";
import { lastAttempt } from "./rules";

/** Takes up again what was set aside, where its time has come. Says how much that was. */
export async function retryFailed({ db }: Ctx<SystemActor>): Promise<number> {
  const taken = await db
    .update(stripeEvents)
    .set({ state: "new" })
    .where(
      sql`${stripeEvents.state} = 'failed' and ${stripeEvents.stripe} = ${stripeMode()}
        and ${stripeEvents.attempts} < ${lastAttempt} and ${stripeEvents.dueAt} <= clock_timestamp()`,
    )
    .returning({ id: stripeEvents.id });
  if (taken.length > 0) inbox().kick();
  return taken.length;
}
