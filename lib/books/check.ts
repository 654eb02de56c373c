import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/ctx";

export type Found = { violations: number; first: string | null };

/** One promise that the books keep, and how to find what breaks it. */
export type Check = {
  name: string;
  /** The promise, in a sentence for whoever reads the page. */
  says: string;
  find(ctx: Pick<Ctx, "db">): Promise<Found>;
};

/**
 * A check that is one statement, which sees one instant of the books whatever is posted meanwhile. It selects the
 * offenders in their order, and names each in a column called `what`.
 */
export const check = (name: string, says: string, offenders: SQL): Check => ({
  name,
  says,
  find: async ({ db }) => {
    const [row] = await db.execute<Found>(sql`
      with offenders as (${offenders})
      select count(*)::integer as violations, (select what from offenders limit 1) as first from offenders`);
    if (!row) throw new Error(`${name} said nothing`);
    return row;
  },
});
