import { and, asc, count, desc, eq, gt, isNull, sql } from "drizzle-orm";
import { type Ctx, type MemberActor, requireScope, requireUser } from "@/lib/ctx";
import { accounts, invitations, memberships, users } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { ROLE_SCOPES } from "@/lib/scopes";
import { hashOf } from "./internal";
import { MOST_OPEN_INVITATIONS } from "./rules";
import type { Account, Invitation, InvitationCard, ListMembers, MemberPage, MyAccount } from "./schema";

const MOST_ACCOUNTS = 200;

const expired = sql<boolean>`${invitations.expiresAt} <= clock_timestamp()`;

/** The accounts of whoever is signed in, the personal one first. */
export async function listMyAccounts(ctx: Ctx<MemberActor>): Promise<MyAccount[]> {
  requireUser(ctx);
  const { userId, accountId } = ctx.actor;
  const rows = await ctx.db
    .select({ id: accounts.id, name: accounts.name, kind: accounts.kind, role: memberships.role })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(and(eq(memberships.userId, userId), isNull(accounts.closedAt)))
    .orderBy(asc(accounts.kind), asc(accounts.name), asc(accounts.id))
    .limit(MOST_ACCOUNTS);
  return rows.map((row) => ({ ...row, current: row.id === accountId }));
}

/** The account that this login acts for. */
export async function getAccount(ctx: Ctx<MemberActor>): Promise<Account> {
  requireScope(ctx, "account:read");
  requireUser(ctx);
  const { accountId, role } = ctx.actor;
  const [account] = await ctx.db
    .select({
      id: accounts.id,
      name: accounts.name,
      kind: accounts.kind,
      createdAt: accounts.createdAt,
      members: count(memberships.userId),
    })
    .from(accounts)
    .innerJoin(memberships, eq(memberships.accountId, accounts.id))
    .where(and(eq(accounts.id, accountId), isNull(accounts.closedAt)))
    .groupBy(accounts.id);
  if (!account) throw notFound("Account");
  return { ...account, role };
}

export async function listMembers(ctx: Ctx<MemberActor>, { limit, cursor }: ListMembers): Promise<MemberPage> {
  requireScope(ctx, "members:read");
  requireUser(ctx);
  const { accountId, userId: me, role: mine } = ctx.actor;
  const seesAddresses = ROLE_SCOPES[mine].includes("members:write");
  const rows = await ctx.db
    .select({
      userId: users.id,
      name: users.name,
      email: users.email,
      role: memberships.role,
      joinedAt: memberships.joinedAt,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.accountId, accountId), cursor ? gt(memberships.userId, cursor) : undefined))
    .orderBy(asc(memberships.userId))
    .limit(limit + 1);

  const members = rows.slice(0, limit).map((row) => {
    const you = row.userId === me;
    return { ...row, you, email: you || seesAddresses ? row.email : null };
  });
  return { members, nextCursor: rows.length > limit ? (members.at(-1)?.userId ?? null) : null };
}

/** Invitations that nobody accepted or revoked yet, the latest first. */
export async function listInvitations(ctx: Ctx<MemberActor>): Promise<Invitation[]> {
  requireScope(ctx, "members:write");
  requireUser(ctx);
  return ctx.db
    .select({
      id: invitations.id,
      email: invitations.email,
      role: invitations.role,
      invitedBy: users.name,
      createdAt: invitations.createdAt,
      expiresAt: invitations.expiresAt,
      expired,
    })
    .from(invitations)
    .innerJoin(users, eq(users.id, invitations.invitedBy))
    .where(
      and(
        eq(invitations.accountId, ctx.actor.accountId),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
      ),
    )
    .orderBy(desc(invitations.id))
    .limit(MOST_OPEN_INVITATIONS);
}

/** What a mailed link shows to whoever holds it, signed in or not. */
export async function findInvitation(ctx: Ctx, token: string): Promise<InvitationCard | undefined> {
  const [row] = await ctx.db
    .select({
      accountName: accounts.name,
      inviterName: users.name,
      role: invitations.role,
      email: invitations.email,
      expiresAt: invitations.expiresAt,
      acceptedAt: invitations.acceptedAt,
      revokedAt: invitations.revokedAt,
      expired,
    })
    .from(invitations)
    .innerJoin(accounts, eq(accounts.id, invitations.accountId))
    .innerJoin(users, eq(users.id, invitations.invitedBy))
    .where(and(eq(invitations.tokenHash, hashOf(token)), isNull(accounts.closedAt)));
  if (!row) return undefined;
  const { acceptedAt, revokedAt, expired: ranOut, ...card } = row;
  return { ...card, state: acceptedAt ? "accepted" : revokedAt ? "revoked" : ranOut ? "expired" : "open" };
}

/** Whether somebody belongs to an account, for whichever one they act. */
export async function isMember(
  ctx: Ctx,
  { userId, accountId }: { userId: Id<"user">; accountId: Id<"account"> },
): Promise<boolean> {
  const [row] = await ctx.db
    .select({ role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.userId, userId), eq(memberships.accountId, accountId)));
  return row !== undefined;
}
