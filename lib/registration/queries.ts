import { and, eq } from "drizzle-orm";
import { creditsOf } from "@/lib/credits/queries";
import type { Ctx, UserActor } from "@/lib/ctx";
import { accounts, memberships } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import { getUser } from "@/lib/logins/queries";
import type { Profile } from "./schema";

/** Who is signed in, and the account they act for. */
export async function getProfile(ctx: Ctx<UserActor>): Promise<Profile> {
  const { userId, accountId } = ctx.actor;
  const [user, [account], creditBalance] = await Promise.all([
    getUser(ctx),
    ctx.db
      .select({ id: accounts.id, name: accounts.name, kind: accounts.kind, role: memberships.role })
      .from(memberships)
      .innerJoin(accounts, eq(accounts.id, memberships.accountId))
      .where(and(eq(memberships.userId, userId), eq(memberships.accountId, accountId))),
    creditsOf(ctx, accountId),
  ]);
  if (!account) throw notFound("Account");
  return { user, account, creditBalance };
}
