import { and, eq, isNull } from "drizzle-orm";
import type { UserActor } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { accounts, logins, memberships, users } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { loginIsOpen } from "@/lib/logins/queries";
import { noteSeen } from "@/lib/logins/seen";
import type { LoginClaims } from "@/lib/logins/token";
import { once } from "@/lib/once";
import { seconds } from "@/lib/time";

const FRESH_MS = seconds(3);
const MOST = 20_000;

type Held = { actor: Promise<UserActor | undefined>; until: number };
const held = () => once("live-logins", () => new Map<Id<"login">, Held>());

/** The actor behind a login, when it is open and its user is still a member of the account it acts for. */
export async function actorOfLogin(claims: LoginClaims): Promise<UserActor | undefined> {
  const cache = held();
  const found = cache.get(claims.loginId);
  if (found && found.until > performance.now()) return matching(await found.actor, claims);

  if (cache.size >= MOST) cache.clear();
  const actor = load(claims.loginId);
  cache.set(claims.loginId, { actor, until: performance.now() + FRESH_MS });
  actor.catch(() => cache.delete(claims.loginId));
  return matching(await actor, claims);
}

/** Called when a login ends or what it may do changes. */
export const forgetLogin = (id: Id<"login">): boolean => held().delete(id);

const matching = (actor: UserActor | undefined, claims: LoginClaims) =>
  actor?.userId === claims.userId ? actor : undefined;

async function load(loginId: Id<"login">): Promise<UserActor | undefined> {
  const [row] = await db()
    .select({
      userId: logins.userId,
      accountId: logins.accountId,
      role: memberships.role,
      isStaff: users.isStaff,
      lastSeenAt: logins.lastSeenAt,
    })
    .from(logins)
    .innerJoin(users, eq(users.id, logins.userId))
    .innerJoin(memberships, and(eq(memberships.userId, logins.userId), eq(memberships.accountId, logins.accountId)))
    .innerJoin(accounts, eq(accounts.id, logins.accountId))
    .where(and(eq(logins.id, loginId), loginIsOpen(), isNull(users.closedAt), isNull(accounts.closedAt)));
  if (!row) return undefined;
  const { lastSeenAt, ...rights } = row;
  noteSeen(loginId, lastSeenAt);
  return { kind: "user", loginId, ...rights };
}
