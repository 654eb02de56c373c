import { and, desc, eq, sql } from "drizzle-orm";
import type { TxCtx } from "@/lib/ctx";
import { planVersions } from "@/lib/db/schema";
import type { Plan } from "@/lib/plans/catalogue";

/** The number of a plan as the catalogue has it now. Who takes it up in a form that nobody had gets the next number. */
export async function currentVersion({ db }: TxCtx, plan: Plan): Promise<number> {
  const known = () =>
    db
      .select({ version: planVersions.version })
      .from(planVersions)
      .where(and(eq(planVersions.planId, plan.id), sql`${planVersions.features} = ${JSON.stringify(plan)}::jsonb`));
  const [found] = await known();
  if (found) return found.version;
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`plan:${plan.id}`}, 0))`);
  const [meanwhile] = await known();
  if (meanwhile) return meanwhile.version;
  const [last] = await db
    .select({ version: planVersions.version })
    .from(planVersions)
    .where(eq(planVersions.planId, plan.id))
    .orderBy(desc(planVersions.version))
    .limit(1);
  const version = (last?.version ?? 0) + 1;
  await db.insert(planVersions).values({ planId: plan.id, version, features: plan });
  return version;
}
