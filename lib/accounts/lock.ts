import { requireScope, type TxCtx, type UserActor } from "@/lib/ctx";
import { notFound } from "@/lib/errors";
import type { Scope } from "@/lib/scopes";
import { type AccountRow, findRole, holdUser, lockAccounts } from "./internal";

export type Locked = { ctx: TxCtx<UserActor>; account: AccountRow };

/** Locks the caller's account and asks for the role they hold at this instant, not when they arrived. */
export async function lockAccount(ctx: TxCtx<UserActor>, scope: Scope | undefined): Promise<Locked> {
  const { accountId, userId } = ctx.actor;
  const [account] = await lockAccounts(ctx, [accountId]);
  const role = account && (await findRole(ctx, accountId, userId));
  if (!role) throw notFound("Account");
  const current = { ...ctx, actor: { ...ctx.actor, role } };
  if (scope) requireScope(current, scope);
  return { ctx: current, account };
}

/** The same for what is written in the caller's name: the person first, as when a person is closed, so that neither waits for the other. */
export async function lockAccountAsPerson(ctx: TxCtx<UserActor>, scope: Scope): Promise<Locked> {
  await holdUser(ctx);
  return lockAccount(ctx, scope);
}
