import { and, eq, sql } from "drizzle-orm";
import { db } from "@/lib/db/client";
import { logins } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { log } from "@/lib/log";
import { minutes } from "@/lib/time";

const REFRESHED_EVERY_MS = minutes(3);

/** Writes down that a login is in use, every few minutes, without making the request wait. */
export function noteSeen(loginId: Id<"login">, lastSeenAt: Date): void {
  if (Date.now() - lastSeenAt.getTime() < REFRESHED_EVERY_MS) return;
  db()
    .update(logins)
    .set({ lastSeenAt: sql`clock_timestamp()` })
    .where(and(eq(logins.id, loginId), sql`${logins.lastSeenAt} < clock_timestamp() - interval '1 minute'`))
    .catch((error) => log().warn({ err: error }, "last use of a login not written down"));
}
