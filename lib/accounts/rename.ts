import { eq } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireScope, requireUser } from "@/lib/ctx";
import { accounts } from "@/lib/db/schema";
import { announceChange } from "@/lib/outbox/announce";
import { lockAccount } from "./lock";
import type { NamedAccount, RenameAccount } from "./schema";

export async function renameAccount(ctx: Ctx<MemberActor>, { name }: RenameAccount): Promise<NamedAccount> {
  requireScope(ctx, "account:write");
  requireUser(ctx);

  return inTx(ctx, async (arrived) => {
    const { ctx, account } = await lockAccount(arrived, "account:write");
    if (account.name !== name) {
      await ctx.db.update(accounts).set({ name }).where(eq(accounts.id, account.id));
      await recordAudit(ctx, {
        action: "account.renamed",
        target: account.id,
        detail: { from: account.name, to: name },
      });
      await announceChange(ctx, account.id, "account");
    }
    return { id: account.id, name };
  });
}
