import { and, eq, isNull, sql } from "drizzle-orm";
import { type Ctx, inTx, type TxCtx } from "@/lib/ctx";
import { accounts, logins, memberships, users } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { anonymousLimit, hasTurn, type Limit, networkOf, requireTurn, takeTurn } from "@/lib/limits";
import { minutes } from "@/lib/time";
import { claimAttempt, forgetAttempts, signInFrom } from "./internal";
import { type OpenLogin, openLogin } from "./open";
import { ownHash } from "./own-hash";
import { isPassword, requireHashingRoom } from "./password";
import { isUsualNetwork } from "./queries";
import type { SignIn, User } from "./schema";

export type SignedIn = { user: User; accountId: Id<"account">; login: OpenLogin };

/** Opens a login for an address and its password. A wrong password and an unknown address get the same answer after the same work. */
export async function signIn(
  ctx: Ctx,
  { email, password, via }: SignIn & { via: "browser" | "api" },
): Promise<SignedIn> {
  const source = `sign-in-failures:${networkOf(ctx.origin.ip)}`;
  const aimedAt = `sign-in-failures-for:${email}`;
  requireTurn(source, failureLimit());
  requireHashingRoom();
  if (!hasTurn(aimedAt, FAILURES_PER_EMAIL) && !(await isUsualNetwork(ctx, email)))
    requireTurn(aimedAt, FAILURES_PER_EMAIL);
  await claimAttempt(ctx, signInFrom(ctx, email));

  const [user] = await ctx.db
    .select()
    .from(users)
    .where(and(eq(users.email, email), isNull(users.closedAt)));
  const isRight = await isPassword(password, user?.passwordHash);
  if (!user || !isRight) {
    takeTurn(source, failureLimit());
    takeTurn(aimedAt, FAILURES_PER_EMAIL);
    throw wrongCredentials();
  }

  const passwordHash = await ownHash(ctx, { ...user, password });
  return inTx(ctx, async (ctx) => {
    await holdPassword(ctx, { id: user.id, passwordHash });
    await forgetAttempts(ctx, signInFrom(ctx, email));
    const accountId = await accountToActFor(ctx, user.id);
    const login = await openLogin(ctx, { userId: user.id, accountId, via });
    const { id, name, emailVerifiedAt, createdAt } = user;
    return { user: { id, name, email, emailVerified: emailVerifiedAt !== null, createdAt }, accountId, login };
  });
}

/** From all networks together. High, because while it lasts it keeps its owner from signing in somewhere new. */
const FAILURES_PER_EMAIL: Limit = { count: 100, windowMs: minutes(15) };

/** Of all that a stranger may ask for, a fifth may be wrong passwords, whatever accounts they aim at. */
const failureLimit = (): Limit => ({ ...anonymousLimit(), count: Math.ceil(anonymousLimit().count / 5) });

/** A password that was changed while it was being checked opens nothing: whoever changed it ended all logins. */
async function holdPassword(ctx: TxCtx, { id, passwordHash }: { id: Id<"user">; passwordHash: string }): Promise<void> {
  const [held] = await ctx.db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, id), eq(users.passwordHash, passwordHash), isNull(users.closedAt)))
    .for("share");
  if (!held) throw wrongCredentials();
}

const wrongCredentials = () =>
  new AppError("wrong_credentials", "This e-mail address and password do not belong together.");

/** The account that was used last, while it is open to this user; otherwise the personal one. */
async function accountToActFor(ctx: TxCtx, userId: Id<"user">): Promise<Id<"account">> {
  const lastUsed = sql`(select ${logins.accountId} from ${logins} where ${logins.userId} = ${userId} order by ${logins.createdAt} desc limit 1)`;
  const [membership] = await ctx.db
    .select({ accountId: memberships.accountId })
    .from(memberships)
    .innerJoin(accounts, and(eq(accounts.id, memberships.accountId), isNull(accounts.closedAt)))
    .where(eq(memberships.userId, userId))
    .orderBy(
      sql`${memberships.accountId} = ${lastUsed} desc nulls last`,
      sql`${accounts.kind} = 'personal' desc`,
      memberships.joinedAt,
    )
    .limit(1);
  if (!membership)
    throw new AppError("forbidden", "Every account you were in is closed. Write to the operator to open one again.");
  return membership.accountId;
}
