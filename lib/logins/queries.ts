import { and, desc, eq, gt, isNull, or, sql } from "drizzle-orm";
import type { Ctx, UserActor } from "@/lib/ctx";
import { elapsedNow } from "@/lib/db/client";
import { logins, users } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import { BROWSER_IDLE_MS, deviceOf, networkOf } from "./rules";
import type { Login, User } from "./schema";

const MOST_LISTED = 100;

/** A login that still counts: not ended, not run out, and, from a browser, seen within a day. */
export const loginIsOpen = () =>
  and(
    isNull(logins.revokedAt),
    gt(logins.expiresAt, elapsedNow),
    or(
      eq(logins.via, "api"),
      gt(logins.lastSeenAt, sql`clock_timestamp() - make_interval(secs => ${BROWSER_IDLE_MS / 1_000})`),
    ),
  );

/** Where the caller is signed in, the latest first. */
export async function listLogins(ctx: Ctx<UserActor>): Promise<Login[]> {
  const rows = await ctx.db
    .select()
    .from(logins)
    .where(and(eq(logins.userId, ctx.actor.userId), loginIsOpen()))
    .orderBy(desc(eq(logins.id, ctx.actor.loginId)), desc(logins.lastSeenAt))
    .limit(MOST_LISTED);
  return rows.map(({ id, via, ip, userAgent, createdAt, lastSeenAt, expiresAt }) => ({
    id,
    via,
    device: deviceOf(userAgent),
    ip,
    createdAt,
    lastSeenAt,
    expiresAt,
    isCurrent: id === ctx.actor.loginId,
  }));
}

/** Whether somebody with this address signed in from the caller's network not long ago. */
export async function isUsualNetwork(ctx: Ctx, email: string): Promise<boolean> {
  const recent = await ctx.db
    .selectDistinct({ ip: logins.ip })
    .from(logins)
    .innerJoin(users, eq(users.id, logins.userId))
    .where(and(eq(users.email, email), gt(logins.createdAt, sql`clock_timestamp() - interval '90 days'`)))
    .limit(MOST_LISTED);
  return recent.some(({ ip }) => networkOf(ip) === networkOf(ctx.origin.ip));
}

/** The person who is signed in. */
export async function getUser(ctx: Ctx<UserActor>): Promise<User> {
  const [user] = await ctx.db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      emailVerifiedAt: users.emailVerifiedAt,
      createdAt: users.createdAt,
    })
    .from(users)
    .where(and(eq(users.id, ctx.actor.userId), isNull(users.closedAt)));
  if (!user) throw new AppError("unauthenticated", "You were signed out. Sign in again to go on.");
  const { emailVerifiedAt, ...rest } = user;
  return { ...rest, emailVerified: emailVerifiedAt !== null };
}
