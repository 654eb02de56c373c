import { and, eq } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireScope, requireUser } from "@/lib/ctx";
import { memberships } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import { announceChange } from "@/lib/outbox/announce";
import { announceRights, countOwners, findRole, revokeInvitationsBy } from "./internal";
import { lockAccount } from "./lock";
import { requireGrantable, requireManageable, requireOwnerLeft } from "./rules";
import type { ChangeRole, MemberRole } from "./schema";

/** Gives a member another role. A team is handed on by making somebody else an owner first. */
export async function changeRole(ctx: Ctx<MemberActor>, { userId, role }: ChangeRole): Promise<MemberRole> {
  requireScope(ctx, "members:write");
  requireUser(ctx);

  return inTx(ctx, async (arrived) => {
    const { ctx, account } = await lockAccount(arrived, "members:write");
    const held = await findRole(ctx, account.id, userId);
    if (!held) throw notFound("Member");
    if (held === role) return { userId, role };
    requireManageable(ctx.actor.role, held);
    requireGrantable(ctx.actor.role, role, account.kind);
    if (held === "owner") requireOwnerLeft(await countOwners(ctx, account.id), account.kind);

    await ctx.db
      .update(memberships)
      .set({ role })
      .where(and(eq(memberships.accountId, account.id), eq(memberships.userId, userId)));
    await revokeInvitationsBy(ctx, { accountId: account.id, userId, left: role });
    await recordAudit(ctx, { action: "member.role_changed", target: userId, detail: { from: held, to: role } });
    await announceRights(ctx, account.id, userId);
    await announceChange(ctx, account.id, "members");
    return { userId, role };
  });
}
