import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireScope, requireUser } from "@/lib/ctx";
import { notFound } from "@/lib/errors";
import { announceChange } from "@/lib/outbox/announce";
import { countOwners, findRole, takeOut } from "./internal";
import { lockAccount } from "./lock";
import { requireManageable, requireOwnerLeft } from "./rules";
import type { MemberParams, RemovedMember } from "./schema";

/** Takes a member out. Their logins go on in an account of their own, within seconds. */
export async function removeMember(ctx: Ctx<MemberActor>, { userId }: MemberParams): Promise<RemovedMember> {
  requireScope(ctx, "members:write");
  requireUser(ctx);

  return inTx(ctx, async (arrived) => {
    const { ctx, account } = await lockAccount(arrived, "members:write");
    const held = await findRole(ctx, account.id, userId);
    if (!held) throw notFound("Member");
    requireManageable(ctx.actor.role, held);
    if (held === "owner") requireOwnerLeft(await countOwners(ctx, account.id), account.kind);

    await takeOut(ctx, account.id, userId);
    await recordAudit(ctx, { action: "member.removed", target: userId, detail: { role: held } });
    await announceChange(ctx, account.id, "members");
    return { removed: userId };
  });
}
