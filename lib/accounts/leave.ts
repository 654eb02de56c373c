import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireUser } from "@/lib/ctx";
import { announceChange } from "@/lib/outbox/announce";
import { countOwners, takeOut } from "./internal";
import { lockAccount } from "./lock";
import { requireOwnerLeft } from "./rules";
import type { LeftAccount } from "./schema";

/** Takes the caller out of the account they act for. The last owner stays. */
export async function leaveAccount(ctx: Ctx<MemberActor>): Promise<LeftAccount> {
  requireUser(ctx);

  return inTx(ctx, async (arrived) => {
    const { ctx, account } = await lockAccount(arrived, undefined);
    const { userId, role } = ctx.actor;
    if (role === "owner") requireOwnerLeft(await countOwners(ctx, account.id), account.kind);

    const accountId = await takeOut(ctx, account.id, userId);
    await recordAudit(ctx, { accountId: account.id, action: "member.left", target: userId, detail: { role } });
    await announceChange(ctx, account.id, "members");
    return { left: account.id, accountId };
  });
}
