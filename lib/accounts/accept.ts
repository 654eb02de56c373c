import { eq, sql } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireUser, type TxCtx, type UserActor } from "@/lib/ctx";
import { elapsedNow } from "@/lib/db/client";
import { invitations, memberships } from "@/lib/db/schema";
import { AppError, notFound } from "@/lib/errors";
import { emitEvent } from "@/lib/events/emit";
import { announceChange } from "@/lib/outbox/announce";
import { findRole, hashOf, holdUser, lockAccounts } from "./internal";
import type { AcceptInvitation, Joined } from "./schema";

/** Makes the caller a member, when the invitation was sent to their address. Accepting it again changes nothing. */
export async function acceptInvitation(ctx: Ctx<MemberActor>, { token }: AcceptInvitation): Promise<Joined> {
  requireUser(ctx);

  return inTx(ctx, async (ctx) => {
    const user = await holdUser(ctx);
    const { account, invitation } = await lockInvitation(ctx, token);
    if (invitation.email !== user.email) {
      throw new AppError(
        "forbidden",
        "This invitation was sent to another address. Sign in with the address it was sent to.",
      );
    }

    const { userId } = ctx.actor;
    const held = await findRole(ctx, account.id, userId);
    if (invitation.acceptedAt && held) return { id: account.id, name: account.name, role: held };
    if (invitation.acceptedAt || invitation.revokedAt || invitation.expired)
      throw new AppError("gone", "This invitation does not work any more. Ask for another one.");

    const role = held ?? invitation.role;
    await ctx.db.update(invitations).set({ acceptedAt: elapsedNow }).where(eq(invitations.id, invitation.id));
    if (!held) await ctx.db.insert(memberships).values({ accountId: account.id, userId, role });
    await recordAudit(ctx, {
      accountId: account.id,
      action: "member.joined",
      target: userId,
      detail: { role },
    });
    if (!held) await emitEvent(ctx, account.id, "member.joined", { userId, name: user.name, role });
    await announceChange(ctx, account.id, "members");
    return { id: account.id, name: account.name, role };
  });
}

/** Locks the account behind a token, then reads the invitation again: it may have been used while this one waited. */
async function lockInvitation(ctx: TxCtx<UserActor>, token: string) {
  const [found] = await ctx.db
    .select({ accountId: invitations.accountId })
    .from(invitations)
    .where(eq(invitations.tokenHash, hashOf(token)));
  const [account] = found ? await lockAccounts(ctx, [found.accountId]) : [];
  if (!account) throw notFound("Invitation");

  const [invitation] = await ctx.db
    .select({
      id: invitations.id,
      email: invitations.email,
      role: invitations.role,
      acceptedAt: invitations.acceptedAt,
      revokedAt: invitations.revokedAt,
      expired: sql<boolean>`${invitations.expiresAt} <= clock_timestamp()`,
    })
    .from(invitations)
    .where(eq(invitations.tokenHash, hashOf(token)));
  if (!invitation) throw notFound("Invitation");
  return { account, invitation };
}
