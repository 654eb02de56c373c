import { createHash } from "node:crypto";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Ctx, TxCtx } from "@/lib/ctx";
import { loginFailures, users } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { networkOf, REST_SECONDS } from "./rules";

/** What wrong passwords are counted for. */
export type Guessed = `sign-in|${string}` | `proof|${Id<"user">}`;

/** Signing in for an address, known to us or not, from one network: a stranger elsewhere does not keep its owner out. */
export const signInFrom = ({ origin }: Ctx, email: string): Guessed => `sign-in|${email}|${networkOf(origin.ip)}`;

/** Proving again who one is. Only who is signed in can, so nobody else's guesses count. */
export const proofBy = (userId: Id<"user">): Guessed => `proof|${userId}`;

/**
 * Takes the right to try one password, or refuses while what is guessed rests. Counted before the password is looked at, so that guesses sent at
 * once take turns. Call it outside a transaction: a refusal must not undo the count.
 */
export async function claimAttempt(ctx: Ctx, guessed: Guessed): Promise<void> {
  const emailHash = hashOf(guessed);
  const failures = sql`case when ${loginFailures.lastAt} < clock_timestamp() - interval '1 day' then 1 else ${loginFailures.failures} + 1 end`;
  const rests = sql`array[${sql.join(
    REST_SECONDS.map((rest) => sql`${rest}::int`),
    sql`, `,
  )}]`;
  const taken = await ctx.db
    .insert(loginFailures)
    .values({ emailHash, failures: 1, blockedUntil: sql`clock_timestamp()` })
    .onConflictDoUpdate({
      target: loginFailures.emailHash,
      set: {
        failures,
        lastAt: sql`clock_timestamp()`,
        blockedUntil: sql`clock_timestamp() + make_interval(secs => (${rests})[least(${failures}, ${REST_SECONDS.length})])`,
      },
      setWhere: sql`${loginFailures.blockedUntil} <= clock_timestamp()`,
    })
    .returning({ emailHash: loginFailures.emailHash });
  if (taken.length === 0) throw await restRefusal(ctx, emailHash);
}

export async function forgetAttempts(ctx: Ctx, guessed: Guessed): Promise<void> {
  await ctx.db.delete(loginFailures).where(eq(loginFailures.emailHash, hashOf(guessed)));
}

/** Locks a user, so that two changes of one password take turns. */
export async function lockUser(ctx: TxCtx, userId: Id<"user">) {
  const [user] = await ctx.db
    .select()
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.closedAt)))
    .for("update");
  return user;
}

async function restRefusal(ctx: Ctx, emailHash: string): Promise<AppError> {
  const [row] = await ctx.db
    .select({ left: sql<number>`ceil(extract(epoch from ${loginFailures.blockedUntil} - clock_timestamp()))::int` })
    .from(loginFailures)
    .where(eq(loginFailures.emailHash, emailHash));
  const retryAfterSeconds = Math.max(row?.left ?? 1, 1);
  return new AppError(
    "rate_limited",
    `Too many wrong passwords. Try again in ${retryAfterSeconds} ${retryAfterSeconds === 1 ? "second" : "seconds"}.`,
    {
      retryAfterSeconds,
    },
  );
}

const hashOf = (guessed: Guessed) => createHash("sha256").update(`login:${guessed}`).digest("base64url");
