import { and, eq, isNull, ne, sql } from "drizzle-orm";
import type { Ctx, UserActor } from "@/lib/ctx";
import { invitations, keys, memberships, users } from "@/lib/db/schema";

export type FirstSteps = { emailVerified: boolean; hasKey: boolean; hasCalled: boolean; hasInvited: boolean };

/** How far a newcomer is, read from what is there and not from what was clicked. */
export async function getFirstSteps({ db, actor }: Ctx<UserActor>): Promise<FirstSteps> {
  const { accountId, userId } = actor;
  const liveKey = db
    .select()
    .from(keys)
    .where(and(eq(keys.accountId, accountId), isNull(keys.revokedAt)));
  const usedKey = db
    .select()
    .from(keys)
    .where(and(eq(keys.accountId, accountId), sql`${keys.lastUsedAt} is not null`));
  const invited = db
    .select()
    .from(invitations)
    .where(and(eq(invitations.accountId, accountId), isNull(invitations.revokedAt)));
  const company = db
    .select()
    .from(memberships)
    .where(and(eq(memberships.accountId, accountId), ne(memberships.userId, userId)));
  const [steps] = await db
    .select({
      emailVerified: sql<boolean>`${users.emailVerifiedAt} is not null`,
      hasKey: sql<boolean>`exists ${liveKey}`,
      hasCalled: sql<boolean>`exists ${usedKey}`,
      hasInvited: sql<boolean>`(exists ${invited} or exists ${company})`,
    })
    .from(users)
    .where(eq(users.id, userId));
  return steps ?? { emailVerified: false, hasKey: false, hasCalled: false, hasInvited: false };
}
