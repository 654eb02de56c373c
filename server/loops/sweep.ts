import { and, isNotNull, lt, or, sql } from "drizzle-orm";
import { db } from "@/lib/db/client";
import { events, idempotency, loginFailures, mailTokens, outbox, revocations, roomEvents } from "@/lib/db/schema";
import { minutes } from "@/lib/time";
import { sealAgain } from "@/lib/webhooks/rotate";
import { every, type Loop } from "./every";
import { systemCtx } from "./system";

/** Removes what has served: answers older than a day, sent effects, spent tokens, forgotten failures, old events. Seals secrets anew after a rotation. */
export const startSweep = (): Loop =>
  every("sweep", minutes(10), async () => {
    const before = (interval: string) => sql`clock_timestamp() - ${interval}::interval`;
    await db().delete(idempotency).where(lt(idempotency.expiresAt, sql`clock_timestamp()`));
    await db()
      .delete(outbox)
      .where(
        or(
          lt(outbox.doneAt, before("7 days")),
          and(sql`${outbox.kind} = 'socket'`, lt(outbox.createdAt, before("1 hour"))),
        ),
      );
    await db()
      .delete(roomEvents)
      .where(lt(roomEvents.at, before("1 day")));
    await db()
      .delete(revocations)
      .where(lt(revocations.at, before("1 hour")));
    await db()
      .delete(mailTokens)
      .where(
        or(
          lt(mailTokens.expiresAt, before("7 days")),
          and(isNotNull(mailTokens.usedAt), lt(mailTokens.usedAt, before("7 days"))),
        ),
      );
    await db()
      .delete(loginFailures)
      .where(lt(loginFailures.lastAt, before("2 days")));
    await db()
      .delete(events)
      .where(lt(events.createdAt, before("90 days")));
    await db().transaction((tx) => sealAgain({ ...systemCtx("sweep"), db: tx }));
  });
