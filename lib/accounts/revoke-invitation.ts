import { and, eq, isNull } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireScope, requireUser } from "@/lib/ctx";
import { elapsedNow } from "@/lib/db/client";
import { invitations } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import { announceChange } from "@/lib/outbox/announce";
import { lockAccount } from "./lock";
import { requireManageable } from "./rules";
import type { InvitationParams, RevokedInvitation } from "./schema";

/** The link stops working at once. Revoking it again changes nothing. */
export async function revokeInvitation(ctx: Ctx<MemberActor>, { id }: InvitationParams): Promise<RevokedInvitation> {
  requireScope(ctx, "members:write");
  requireUser(ctx);

  return inTx(ctx, async (arrived) => {
    const { ctx, account } = await lockAccount(arrived, "members:write");
    const [invitation] = await ctx.db
      .select({ email: invitations.email, role: invitations.role, revokedAt: invitations.revokedAt })
      .from(invitations)
      .where(and(eq(invitations.id, id), eq(invitations.accountId, account.id), isNull(invitations.acceptedAt)));
    if (!invitation) throw notFound("Invitation");
    requireManageable(ctx.actor.role, invitation.role);

    if (!invitation.revokedAt) {
      await ctx.db.update(invitations).set({ revokedAt: elapsedNow }).where(eq(invitations.id, id));
      await recordAudit(ctx, { action: "invitation.revoked", target: id, detail: { email: invitation.email } });
      await announceChange(ctx, account.id, "members");
    }
    return { revoked: id };
  });
}
