import { and, eq, isNull } from "drizzle-orm";
import { type Ctx, inTx, type MemberActor, requireUser } from "@/lib/ctx";
import { accounts, logins, memberships } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import { announceRevocation } from "@/lib/outbox/revoke";
import type { MyAccount, SwitchAccount } from "./schema";

/** Has this login act for another account of the same person. */
export async function switchAccount(ctx: Ctx<MemberActor>, { accountId }: SwitchAccount): Promise<MyAccount> {
  requireUser(ctx);
  const { loginId, userId } = ctx.actor;

  return inTx(ctx, async (ctx) => {
    // The membership is held until the login points there, or a removal at the same moment would miss this login.
    const [account] = await ctx.db
      .select({ id: accounts.id, name: accounts.name, kind: accounts.kind, role: memberships.role })
      .from(memberships)
      .innerJoin(accounts, eq(accounts.id, memberships.accountId))
      .where(and(eq(memberships.userId, userId), eq(memberships.accountId, accountId), isNull(accounts.closedAt)))
      .for("share", { of: memberships });
    if (!account) throw notFound("Account");

    await ctx.db
      .update(logins)
      .set({ accountId })
      .where(and(eq(logins.id, loginId), eq(logins.userId, userId)));
    await announceRevocation(ctx, "login", [loginId]);
    return { ...account, current: true };
  });
}
