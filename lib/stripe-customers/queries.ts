import { and, eq } from "drizzle-orm";
import type { Ctx } from "@/lib/ctx";
import { stripeCustomers } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { stripeMode } from "@/lib/stripe/target";

/** Whose customer it is at this Stripe. */
export async function accountOfCustomer(
  { db }: Pick<Ctx, "db">,
  customerId: string,
): Promise<Id<"account"> | undefined> {
  const [row] = await db
    .select({ accountId: stripeCustomers.accountId })
    .from(stripeCustomers)
    .where(and(eq(stripeCustomers.customerId, customerId), eq(stripeCustomers.stripe, stripeMode())));
  return row?.accountId;
}
