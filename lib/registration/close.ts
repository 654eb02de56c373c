import { and, eq, gt, isNull, or } from "drizzle-orm";
import { departFromOthers, holdEverything } from "@/lib/accounts/depart";
import { endAccount } from "@/lib/accounts/end";
import type { CloseAccount, ClosedAccount } from "@/lib/accounts/schema";
import { type Ctx, inTx, type MemberActor, requireScope, requireUser, type TxCtx, type UserActor } from "@/lib/ctx";
import { elapsedNow } from "@/lib/db/client";
import { accounts, keys, logins, mailTokens, users } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { endLogins } from "@/lib/logins/revoke";
import { announceRevocation } from "@/lib/outbox/revoke";
import { endPlansWith } from "@/lib/subscriptions/end-with-account";
import { removeEveryEndpoint } from "@/lib/webhooks/remove";

/** Closes the account, and with a personal one its person: every key and login ends at once, for good. */
export async function closeAccount(ctx: Ctx<MemberActor>, input: CloseAccount): Promise<ClosedAccount> {
  requireScope(ctx, "account:close");
  requireUser(ctx);

  return inTx(ctx, async (ctx) => {
    const closesUser = await isPersonal(ctx);
    const held = closesUser ? await holdEverything(ctx) : [];
    const { id } = await endAccount(ctx, input);
    await endKeys(ctx, id);
    await removeEveryEndpoint(ctx, id);
    await endPlansWith(ctx, id);
    if (closesUser) {
      await departFromOthers(ctx, held);
      await endUser(ctx);
    }
    return { closed: id, userClosed: closesUser };
  });
}

/** An account never changes its kind, so this needs no lock. */
async function isPersonal(ctx: TxCtx<UserActor>): Promise<boolean> {
  const [account] = await ctx.db
    .select({ kind: accounts.kind })
    .from(accounts)
    .where(eq(accounts.id, ctx.actor.accountId));
  return account?.kind === "personal";
}

async function endKeys(ctx: TxCtx<UserActor>, accountId: Id<"account">): Promise<void> {
  const ended = await ctx.db
    .update(keys)
    .set({ revokedAt: elapsedNow })
    .where(and(eq(keys.accountId, accountId), or(isNull(keys.revokedAt), gt(keys.revokedAt, elapsedNow))))
    .returning({ id: keys.id });
  await announceRevocation(
    ctx,
    "key",
    ended.map(({ id }) => id),
  );
}

/** Keeps the row for the books, and nothing in it that says who it was. */
async function endUser(ctx: TxCtx<UserActor>): Promise<void> {
  const { userId, accountId } = ctx.actor;
  await ctx.db
    .update(users)
    .set({
      name: "Closed user",
      email: `${userId}@closed.invalid`,
      passwordHash: "",
      emailVerifiedAt: null,
      isStaff: false,
      closedAt: elapsedNow,
    })
    .where(eq(users.id, userId));
  await ctx.db.update(accounts).set({ name: "Closed account" }).where(eq(accounts.id, accountId));
  await ctx.db.delete(mailTokens).where(eq(mailTokens.userId, userId));
  await endLogins(ctx, userId);
  await ctx.db.update(logins).set({ ip: "", userAgent: "" }).where(eq(logins.userId, userId));
}
