import { and, eq, isNull } from "drizzle-orm";
import type { Ctx, UserActor } from "@/lib/ctx";
import { users } from "@/lib/db/schema";
import { AppError, invalid } from "@/lib/errors";
import { claimAttempt, forgetAttempts, proofBy } from "./internal";
import { isPassword, requireHashingRoom } from "./password";

export type ProvenUser = { name: string; email: string; passwordHash: string };

/** Asks somebody who is signed in for their password once more, before what a stolen cookie must not do. */
export async function provePassword(ctx: Ctx<UserActor>, currentPassword: string): Promise<ProvenUser> {
  requireHashingRoom();
  const [user] = await ctx.db
    .select({ name: users.name, email: users.email, passwordHash: users.passwordHash })
    .from(users)
    .where(and(eq(users.id, ctx.actor.userId), isNull(users.closedAt)));
  if (!user) throw new AppError("unauthenticated", "You were signed out. Sign in again to go on.");

  await claimAttempt(ctx, proofBy(ctx.actor.userId));
  if (!(await isPassword(currentPassword, user.passwordHash)))
    throw invalid({ currentPassword: "This is not your password." });
  await forgetAttempts(ctx, proofBy(ctx.actor.userId));
  return user;
}
