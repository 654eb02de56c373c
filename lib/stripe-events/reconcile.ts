import { eq, sql } from "drizzle-orm";
import type { Ctx, SystemActor } from "@/lib/ctx";
import { elapsedNow } from "@/lib/db/client";
import { stripeCursors } from "@/lib/db/schema";
import { type Stripe, stripeRead } from "@/lib/stripe/client";
import { stripeMode } from "@/lib/stripe/target";
import { earlier, minutes } from "@/lib/time";
import { inbox, recordEvent } from "./record";
import { topicOf } from "./rules";

/** An event may be listed a while after it happened, so what was read lately is read once more. */
const OVERLAP_MS = minutes(10);
const PER_PAGE = 100;

/**
 * Reads what Stripe says happened since the last time, and records what no webhook has brought. Says how much that
 * was. Stripe lists the newest first, so the cursor moves only once the oldest has been read: whoever stops before
 * that leaves it where it was.
 */
export async function reconcileEvents(ctx: Ctx<SystemActor>, { perPage = PER_PAGE } = {}): Promise<number> {
  const reachedAt = await cursorOf(ctx);
  let newest = reachedAt?.getTime() ?? 0;
  let found = 0;
  for (let after: string | undefined, more = true; more; ) {
    const page = await listPage({ reachedAt, after, perPage });
    for (const event of page.data) {
      newest = Math.max(newest, event.created * 1_000);
      if (matters(event.type) && (await recordEvent(ctx, event, "reconciliation"))) found += 1;
    }
    if (found > 0) inbox().kick();
    after = page.data.at(-1)?.id;
    more = page.has_more && after !== undefined;
  }
  if (newest > 0) await moveCursor(ctx, new Date(newest));
  return found;
}

/** What has no consequence here, or none that anybody has written yet, is not worth a row. */
function matters(type: string): boolean {
  const topic = topicOf(type);
  return topic !== undefined && topic !== "nothing";
}

type Asked = { reachedAt: Date | undefined; after: string | undefined; perPage: number };

const listPage = ({ reachedAt, after, perPage }: Asked): Promise<Stripe.ApiList<Stripe.Event>> =>
  stripeRead((stripe) =>
    stripe.events.list({
      limit: perPage,
      ...(after !== undefined && { starting_after: after }),
      ...(reachedAt && { created: { gte: Math.floor(earlier(reachedAt, OVERLAP_MS).getTime() / 1_000) } }),
    }),
  );

async function cursorOf({ db }: Ctx): Promise<Date | undefined> {
  const [row] = await db.select().from(stripeCursors).where(eq(stripeCursors.stripe, stripeMode()));
  return row?.reachedAt;
}

/** Two who read at once may end in either order; the cursor only goes forward. */
async function moveCursor({ db }: Ctx, reachedAt: Date): Promise<void> {
  await db
    .insert(stripeCursors)
    .values({ stripe: stripeMode(), reachedAt })
    .onConflictDoUpdate({
      target: stripeCursors.stripe,
      set: { reachedAt: sql`greatest(${stripeCursors.reachedAt}, excluded.reached_at)`, lookedAt: elapsedNow },
    });
}
