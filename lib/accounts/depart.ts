import { and, asc, eq, isNull, ne } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import type { TxCtx, UserActor } from "@/lib/ctx";
import { accounts, memberships, users } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { announceChange } from "@/lib/outbox/announce";
import { countOwners, findRole, lockAccounts, revokeInvitationsBy } from "./internal";

/** Holds a user who is about to be closed, and every account they are in, so that nothing of it changes meanwhile. */
export async function holdEverything(ctx: TxCtx<UserActor>): Promise<Id<"account">[]> {
  const { userId } = ctx.actor;
  await ctx.db.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("update");
  const held = await ctx.db
    .select({ id: memberships.accountId })
    .from(memberships)
    .innerJoin(accounts, and(eq(accounts.id, memberships.accountId), isNull(accounts.closedAt)))
    .where(eq(memberships.userId, userId))
    .orderBy(asc(memberships.accountId));
  const locked = await lockAccounts(
    ctx,
    held.map(({ id }) => id),
  );
  return locked.map(({ id }) => id);
}

/** Takes the caller out of every other account. Refused while one of them has no other owner. */
export async function departFromOthers(ctx: TxCtx<UserActor>, held: readonly Id<"account">[]): Promise<void> {
  const { userId, accountId } = ctx.actor;
  const others = await lockAccounts(
    ctx,
    held.filter((id) => id !== accountId),
  );
  for (const account of others) {
    const role = await findRole(ctx, account.id, userId);
    if (!role) continue;
    if (role === "owner" && (await countOwners(ctx, account.id)) < 2) {
      throw new AppError(
        "last_owner",
        `You are the only owner of ${account.name}. Make somebody else an owner, or close it first.`,
      );
    }
    await revokeInvitationsBy(ctx, { accountId: account.id, userId, left: undefined });
    await recordAudit(ctx, { accountId: account.id, action: "member.left", target: userId, detail: { role } });
    await announceChange(ctx, account.id, "members");
  }
  await ctx.db.delete(memberships).where(and(eq(memberships.userId, userId), ne(memberships.accountId, accountId)));
}
