import { and, eq, inArray, isNull } from "drizzle-orm";
import type { TxCtx } from "@/lib/ctx";
import { accounts, memberships, users } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import type { Facts, QueuedMail, Template } from "@/lib/mail";
import { enqueueMail } from "@/lib/outbox/enqueue";
import { ROLE_SCOPES, ROLES, type Scope } from "@/lib/scopes";

type OfAccount = { [T in Template]: Facts<T> extends { accountName: string } ? T : never }[Template];

/** A mail without its address and without the account's name, which are found here. */
export type MembersMail = {
  [T in OfAccount]: { template: T; facts: Omit<Facts<T>, "accountName"> };
}[OfAccount];

/** Mails everybody who may do something in an account, by the role they hold at this moment. */
export async function mailMembers(
  ctx: TxCtx,
  { accountId, scope, mail }: { accountId: Id<"account">; scope: Scope; mail: MembersMail },
): Promise<void> {
  const roles = ROLES.filter((role) => ROLE_SCOPES[role].includes(scope));
  const people = await ctx.db
    .select({ to: users.email, accountName: accounts.name })
    .from(memberships)
    .innerJoin(users, and(eq(users.id, memberships.userId), isNull(users.closedAt)))
    .innerJoin(accounts, and(eq(accounts.id, memberships.accountId), isNull(accounts.closedAt)))
    .where(and(eq(memberships.accountId, accountId), inArray(memberships.role, roles)));
  for (const { to, accountName } of people) {
    const whole = { template: mail.template, to, accountId, facts: { ...mail.facts, accountName } } as QueuedMail; // the name completes its facts
    await enqueueMail(ctx, whole);
  }
}
