import { and, eq, isNull } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import type { TxCtx, UserActor } from "@/lib/ctx";
import { elapsedNow } from "@/lib/db/client";
import { accounts, invitations, memberships } from "@/lib/db/schema";
import { invalid } from "@/lib/errors";
import { announceChange } from "@/lib/outbox/announce";
import { takeOut } from "./internal";
import { lockAccount } from "./lock";
import type { AccountKind } from "./rules";
import type { CloseAccount } from "./schema";

/** Ends the caller's account: no members, no invitations, nobody acts for it any more. A personal account is still its person's, for whoever ends the user next. */
export async function endAccount(
  arrived: TxCtx<UserActor>,
  { confirm }: CloseAccount,
): Promise<{ id: typeof accounts.$inferSelect.id; kind: AccountKind }> {
  const { ctx, account } = await lockAccount(arrived, "account:close");
  if (confirm.trim() !== account.name)
    throw invalid({ confirm: `Type the name of the account, ${account.name}, to close it.` });
  const { id, kind } = account;

  await ctx.db
    .update(invitations)
    .set({ revokedAt: elapsedNow })
    .where(and(eq(invitations.accountId, id), isNull(invitations.acceptedAt), isNull(invitations.revokedAt)));
  const members = await ctx.db
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(eq(memberships.accountId, id));
  for (const { userId } of members) {
    if (kind === "team" || userId !== ctx.actor.userId) await takeOut(ctx, id, userId);
  }

  await ctx.db.update(accounts).set({ closedAt: elapsedNow }).where(eq(accounts.id, id));
  await recordAudit(ctx, { accountId: id, action: "account.closed", target: id, detail: { kind } });
  await announceChange(ctx, id, "account");
  return { id, kind };
}
