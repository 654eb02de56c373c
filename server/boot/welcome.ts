import { sql } from "drizzle-orm";
import { businessNow } from "@/lib/clock";
import { welcomeEverybody } from "@/lib/credits/grant-welcome";
import { db } from "@/lib/db/client";
import { newId } from "@/lib/ids";
import { log } from "@/lib/log";
import { SEED_LOCK } from "./seed";

/** Gives the first credits to whoever opened an account before there were any. Processes that start together take turns. */
export async function welcomeOnce(): Promise<void> {
  await db().transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${SEED_LOCK})`);
    const given = await welcomeEverybody({
      actor: { kind: "system", name: "start" },
      db: tx,
      now: businessNow(),
      origin: { requestId: newId("req"), ip: null, userAgent: null },
    });
    if (given > 0) log().info({ accounts: given }, "welcome credits given");
  });
}
