import { sql } from "drizzle-orm";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { seedCompany } from "../cli/seed";
import { seedPurchases } from "../cli/seed-purchases";

export type DemoLogin = { email: string; password: string; what: string };

export const SEED_LOCK = 727_275;

export const DEMO_LOGINS: DemoLogin[] = [
  { email: "noor@lantern.example", password: "lantern-keeps-the-books", what: "owns the Lantern studio" },
  { email: "dana@lantern.example", password: "dana-reads-at-seven", what: "a member of it" },
];

/** Fills an empty local database with a small company. Processes that start together do it once. */
export async function seedOnce(): Promise<DemoLogin[]> {
  if (env().isProduction || !env().SEED_DEMO) return [];
  const seeded = await db().transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${SEED_LOCK})`);
    const [first] = await tx.execute(sql`select 1 from users limit 1`);
    if (!first) await seedCompany(tx, DEMO_LOGINS);
    const [demo] = await tx.execute(sql`select 1 from users where email = ${DEMO_LOGINS[0]?.email}`);
    return demo !== undefined;
  });
  if (!seeded) return [];
  if (env().STRIPE_LOCAL_URL) await seedPurchases(DEMO_LOGINS[0]?.email ?? "").catch(unfinished);
  return DEMO_LOGINS;
}

/** Without its purchases the demo is poorer, and no less a demo. The next start tries again. */
const unfinished = (error: unknown): void => log().warn({ err: error }, "the demo company has not bought anything yet");
