import { setTimeout as wait } from "node:timers/promises";
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/ctx";
import { elapsedNow } from "@/lib/db/client";
import { accounts, memberships, stripeCustomers, users } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { stripeWrite } from "@/lib/stripe/client";
import { isStripeRefused, isStripeUnknown } from "@/lib/stripe/refusals";
import { stripeMode } from "@/lib/stripe/target";

const MOST_LOOKS = 15;
const LOOK_AGAIN_MS = 200;

type Wanted = { customerId: string | null; attempt: number };

/** Which customer an account is at Stripe, made when it is first needed. Two at once make one. */
export async function ensureCustomer(ctx: Ctx, accountId: Id<"account">): Promise<string> {
  const wanted = await claim(ctx, accountId);
  if (wanted.customerId) return wanted.customerId;
  try {
    return await make(ctx, accountId, wanted);
  } catch (error) {
    const other = isStripeUnknown(error) && (await madeByAnother(ctx, accountId));
    if (other) return other;
    if (!isStripeRefused(error, "idempotency_error")) throw error;
    // The account was renamed between two tries, and one cause stands for one name.
    return make(ctx, accountId, await nextAttempt(ctx, accountId, wanted));
  }
}

/** Stripe lets one of those who ask for the same at once go through; the others wait a little for what that one wrote down. */
async function madeByAnother({ db }: Ctx, accountId: Id<"account">): Promise<string | null> {
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const [row] = await db.select({ id: stripeCustomers.customerId }).from(stripeCustomers).where(rowOf(accountId));
    if (row?.id) return row.id;
    await wait(LOOK_AGAIN_MS);
  }
  return null;
}

/** The account's customer was deleted at Stripe: the next one who needs it makes another. */
export async function forgetCustomer(ctx: Ctx, accountId: Id<"account">, customerId: string): Promise<void> {
  await ctx.db
    .update(stripeCustomers)
    .set({ customerId: null, attempt: sql`${stripeCustomers.attempt} + 1`, askedAt: elapsedNow })
    .where(and(rowOf(accountId), eq(stripeCustomers.customerId, customerId)));
}

/** The row is written first, so that whoever dies before the answer is followed by somebody with the same cause. */
async function claim({ db }: Ctx, accountId: Id<"account">): Promise<Wanted> {
  const isStale = sql`${stripeCustomers.customerId} is null and ${stripeCustomers.askedAt} < clock_timestamp() - interval '23 hours'`;
  const [row] = await db
    .insert(stripeCustomers)
    .values({ accountId, stripe: stripeMode(), askedAt: elapsedNow })
    .onConflictDoUpdate({
      target: [stripeCustomers.accountId, stripeCustomers.stripe],
      set: {
        attempt: sql`${stripeCustomers.attempt} + case when ${isStale} then 1 else 0 end`,
        askedAt: sql`case when ${isStale} then clock_timestamp() else ${stripeCustomers.askedAt} end`,
      },
    })
    .returning({ customerId: stripeCustomers.customerId, attempt: stripeCustomers.attempt });
  if (!row) throw new Error("The customer's row was not written");
  return row;
}

async function nextAttempt({ db }: Ctx, accountId: Id<"account">, { attempt }: Wanted): Promise<Wanted> {
  await db
    .update(stripeCustomers)
    .set({ attempt: attempt + 1, askedAt: elapsedNow })
    .where(and(rowOf(accountId), eq(stripeCustomers.attempt, attempt), isNull(stripeCustomers.customerId)));
  return { customerId: null, attempt: attempt + 1 };
}

async function make(ctx: Ctx, accountId: Id<"account">, { attempt }: Wanted): Promise<string> {
  const { name, email } = await whoPays(ctx, accountId);
  const { id } = await stripeWrite(`account:${accountId}:customer:${attempt}`, (stripe, options) =>
    stripe.customers.create({ name, ...(email && { email }), metadata: { account: accountId } }, options),
  );
  await ctx.db
    .update(stripeCustomers)
    .set({ customerId: id })
    .where(and(rowOf(accountId), isNull(stripeCustomers.customerId)));
  return id;
}

const rowOf = (accountId: Id<"account">) =>
  and(eq(stripeCustomers.accountId, accountId), eq(stripeCustomers.stripe, stripeMode()));

/** Receipts go to the first owner. */
async function whoPays({ db }: Ctx, accountId: Id<"account">): Promise<{ name: string; email: string | null }> {
  const [found] = await db
    .select({ name: accounts.name, email: users.email })
    .from(accounts)
    .leftJoin(memberships, and(eq(memberships.accountId, accounts.id), eq(memberships.role, "owner")))
    .leftJoin(users, eq(users.id, memberships.userId))
    .where(eq(accounts.id, accountId))
    .orderBy(asc(memberships.joinedAt))
    .limit(1);
  if (!found) throw new Error(`There is no ${accountId}`);
  return found;
}
