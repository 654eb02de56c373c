import { createHash, randomBytes } from "node:crypto";
import { and, asc, count, eq, inArray, isNull } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import type { TxCtx, UserActor } from "@/lib/ctx";
import { elapsedNow } from "@/lib/db/client";
import { accounts, invitations, logins, memberships, users } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { announceRevocation } from "@/lib/outbox/revoke";
import type { Role } from "@/lib/scopes";
import { createAccount } from "./create";
import { mayManage } from "./rules";

export type AccountRow = typeof accounts.$inferSelect;

/** Locks the accounts, always in the same order, so that changes to their members take turns and never wait in a circle. */
export async function lockAccounts(ctx: TxCtx, ids: readonly Id<"account">[]): Promise<AccountRow[]> {
  return ctx.db
    .select()
    .from(accounts)
    .where(and(inArray(accounts.id, [...ids]), isNull(accounts.closedAt)))
    .orderBy(asc(accounts.id))
    .for("no key update");
}

/** Holds the caller's user open until this transaction ends: a user who is being closed joins and makes nothing more. */
export async function holdUser(ctx: TxCtx<UserActor>): Promise<{ name: string; email: string }> {
  const [user] = await ctx.db
    .select({ name: users.name, email: users.email })
    .from(users)
    .where(and(eq(users.id, ctx.actor.userId), isNull(users.closedAt)))
    .for("share");
  if (!user) throw new AppError("unauthenticated", "You were signed out. Sign in again to go on.");
  return user;
}

export async function findRole(ctx: TxCtx, accountId: Id<"account">, userId: Id<"user">) {
  const [membership] = await ctx.db
    .select({ role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.accountId, accountId), eq(memberships.userId, userId)));
  return membership?.role;
}

/** Call it with the account locked; otherwise two owners may each count the other. */
export async function countOwners(ctx: TxCtx, accountId: Id<"account">): Promise<number> {
  const [owners] = await ctx.db
    .select({ count: count() })
    .from(memberships)
    .where(and(eq(memberships.accountId, accountId), eq(memberships.role, "owner")));
  return owners?.count ?? 0;
}

/** Ends the open invitations that somebody sent and could not send with the role that is left to them: nobody comes back through their own. */
export async function revokeInvitationsBy(
  ctx: TxCtx,
  { accountId, userId, left }: { accountId: Id<"account">; userId: Id<"user">; left: Role | undefined },
): Promise<void> {
  const open = await ctx.db
    .select({ id: invitations.id, email: invitations.email, role: invitations.role })
    .from(invitations)
    .where(
      and(
        eq(invitations.accountId, accountId),
        eq(invitations.invitedBy, userId),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
      ),
    );
  for (const { id, email, role } of open) {
    if (left && mayManage(left, role)) continue;
    await ctx.db.update(invitations).set({ revokedAt: elapsedNow }).where(eq(invitations.id, id));
    await recordAudit(ctx, { accountId, action: "invitation.revoked", target: id, detail: { email } });
  }
}

/** Takes somebody out of an account; what they were signed in for goes on in an account of their own. */
export async function takeOut(ctx: TxCtx, accountId: Id<"account">, userId: Id<"user">): Promise<Id<"account">> {
  await ctx.db.delete(memberships).where(and(eq(memberships.accountId, accountId), eq(memberships.userId, userId)));
  await revokeInvitationsBy(ctx, { accountId, userId, left: undefined });
  const next = await homeOf(ctx, userId, accountId);
  const moved = await ctx.db
    .update(logins)
    .set({ accountId: next })
    .where(and(eq(logins.userId, userId), eq(logins.accountId, accountId), isNull(logins.revokedAt)))
    .returning({ id: logins.id });
  await announceRevocation(
    ctx,
    "login",
    moved.map(({ id }) => id),
  );
  return next;
}

/** Where somebody goes who leaves `left`: their personal account, else any other, else one made for them. */
async function homeOf(ctx: TxCtx, userId: Id<"user">, left: Id<"account">): Promise<Id<"account">> {
  const open = await ctx.db
    .select({ id: accounts.id, kind: accounts.kind, role: memberships.role })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(and(eq(memberships.userId, userId), isNull(accounts.closedAt)))
    .orderBy(asc(accounts.id));
  const others = open.filter(({ id }) => id !== left);
  const home = others.find(({ kind, role }) => kind === "personal" && role === "owner") ?? others[0];
  if (home) return home.id;

  const [user] = await ctx.db.select({ name: users.name }).from(users).where(eq(users.id, userId));
  const made = await createAccount(ctx, { name: user?.name ?? "Personal", kind: "personal", ownerId: userId });
  return made.id;
}

/** Every process asks again what these logins may do. */
export async function announceRights(ctx: TxCtx, accountId: Id<"account">, userId: Id<"user">): Promise<void> {
  const affected = await ctx.db
    .select({ id: logins.id })
    .from(logins)
    .where(and(eq(logins.accountId, accountId), eq(logins.userId, userId), isNull(logins.revokedAt)));
  await announceRevocation(
    ctx,
    "login",
    affected.map(({ id }) => id),
  );
}

export const newToken = (): string => randomBytes(32).toString("base64url");

export const hashOf = (token: string): string => createHash("sha256").update(`invitation:${token}`).digest("base64url");
