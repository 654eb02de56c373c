import { and, count, eq, isNull, ne, sql } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireScope, requireUser, type TxCtx, type UserActor } from "@/lib/ctx";
import { elapsedNow } from "@/lib/db/client";
import { invitations, memberships, users } from "@/lib/db/schema";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { type Id, newId } from "@/lib/ids";
import { takeTurn } from "@/lib/limits";
import { announceChange } from "@/lib/outbox/announce";
import { enqueueMail } from "@/lib/outbox/enqueue";
import { days, formatDay } from "@/lib/time";
import { hashOf, holdUser, newToken } from "./internal";
import { lockAccount } from "./lock";
import { INVITATION_LIFE_MS, MOST_OPEN_INVITATIONS, requireGrantable, requireManageable } from "./rules";
import type { Invitation, Invite } from "./schema";

/** Every invitation is a mail to somebody who may not want it. */
const MAILS_A_DAY = { count: 100, windowMs: days(1) };

/** Mails a link that works once, for seven days. Inviting the same address again replaces the link before. */
export async function invite(ctx: Ctx<MemberActor>, { email, role }: Invite): Promise<Invitation> {
  requireScope(ctx, "members:write");
  requireUser(ctx);
  takeTurn(`invite:${ctx.actor.accountId}`, MAILS_A_DAY);

  return inTx(ctx, async (arrived) => {
    const inviter = await holdUser(arrived);
    const { ctx, account } = await lockAccount(arrived, "members:write");
    requireGrantable(ctx.actor.role, role, account.kind);
    await requireStranger(ctx, account.id, email);
    await requireRoom(ctx, account.id, email);

    await replaceOpen(ctx, account.id, email);
    const token = newToken();
    const invitedBy = ctx.actor.userId;
    const row = await addInvitation(ctx, { accountId: account.id, email, role, tokenHash: hashOf(token), invitedBy });
    await recordAudit(ctx, { action: "invitation.sent", target: row.id, detail: { email, role } });
    await enqueueMail(ctx, {
      to: email,
      template: "invitation",
      accountId: account.id,
      facts: {
        accountName: account.name,
        inviterName: inviter.name,
        role,
        link: `${env().publicUrl}/invite/${token}`,
        expires: formatDay(row.expiresAt),
      },
    });
    await announceChange(ctx, account.id, "members");
    return { ...row, email, role, invitedBy: inviter.name, expired: false };
  });
}

async function addInvitation(ctx: TxCtx<UserActor>, values: Omit<typeof invitations.$inferInsert, "id" | "expiresAt">) {
  const expiresAt = sql`clock_timestamp() + make_interval(secs => ${INVITATION_LIFE_MS / 1_000})`;
  const [row] = await ctx.db
    .insert(invitations)
    .values({ ...values, id: newId("invite"), expiresAt })
    .returning({ id: invitations.id, createdAt: invitations.createdAt, expiresAt: invitations.expiresAt });
  if (!row) throw new Error("An insert without a row");
  return row;
}

/** Ends the invitation that this one takes the place of, where the caller might revoke it. */
async function replaceOpen(ctx: TxCtx<UserActor>, accountId: Id<"account">, email: string): Promise<void> {
  const replaced = and(openFor(accountId), eq(invitations.email, email));
  const open = await ctx.db.select({ role: invitations.role }).from(invitations).where(replaced);
  for (const { role } of open) requireManageable(ctx.actor.role, role);
  await ctx.db.update(invitations).set({ revokedAt: elapsedNow }).where(replaced);
}

const openFor = (accountId: Id<"account">) =>
  and(eq(invitations.accountId, accountId), isNull(invitations.acceptedAt), isNull(invitations.revokedAt));

async function requireStranger(ctx: TxCtx, accountId: Id<"account">, email: string): Promise<void> {
  const [member] = await ctx.db
    .select({ userId: users.id })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.accountId, accountId), eq(users.email, email)));
  if (member) throw new AppError("conflict", `${email} is a member of this account already.`);
}

async function requireRoom(ctx: TxCtx, accountId: Id<"account">, email: string): Promise<void> {
  const [open] = await ctx.db
    .select({ count: count() })
    .from(invitations)
    .where(and(openFor(accountId), ne(invitations.email, email)));
  if ((open?.count ?? 0) < MOST_OPEN_INVITATIONS) return;
  throw new AppError(
    "conflict",
    `This account has ${MOST_OPEN_INVITATIONS} open invitations. Revoke one to send another.`,
    {
      details: { limit: MOST_OPEN_INVITATIONS },
    },
  );
}
