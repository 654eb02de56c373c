import { recordAudit } from "@/lib/audit/record";
import type { TxCtx } from "@/lib/ctx";
import { accounts, memberships } from "@/lib/db/schema";
import { type Id, newId } from "@/lib/ids";

export type NewAccount = { name: string; kind: "personal" | "team"; ownerId: Id<"user"> };

/** Makes an account whose only member is its owner. */
export async function createAccount(
  ctx: TxCtx,
  { name, kind, ownerId }: NewAccount,
): Promise<{ id: Id<"account">; name: string }> {
  const id = newId("account");
  await ctx.db.insert(accounts).values({ id, name, kind });
  await ctx.db.insert(memberships).values({ accountId: id, userId: ownerId, role: "owner" });
  await recordAudit(ctx, { accountId: id, action: "account.created", target: id, detail: { name, kind } });
  return { id, name };
}
