import { and, eq, isNull, sql } from "drizzle-orm";
import { type Ctx, inTx } from "@/lib/ctx";
import { mailTokens, users } from "@/lib/db/schema";
import { setPassword } from "./change-password";
import { requireUncommon } from "./common-passwords";
import { forgetAttempts, lockUser, proofBy, signInFrom } from "./internal";
import { findProof, linkIsSpent, spendMailToken } from "./mail-token";
import { hashPassword } from "./password";
import type { ResetPassword } from "./schema";

/** Sets a password for whoever holds the mail, and signs them out everywhere. The mail proves the address, too. */
export async function resetPassword(ctx: Ctx, { token, password }: ResetPassword): Promise<void> {
  const proof = await findProof(ctx, "reset_password", token);
  requireUncommon(password, "password", [proof.name, proof.email]);
  const passwordHash = await hashPassword(password);

  await inTx(ctx, async (ctx) => {
    const user = await lockUser(ctx, proof.userId);
    const { userId, email } = await spendMailToken(ctx, "reset_password", token);
    if (user?.email !== email) throw linkIsSpent();
    await forgetAttempts(ctx, signInFrom(ctx, email));
    await forgetAttempts(ctx, proofBy(userId));
    await ctx.db
      .update(users)
      .set({ emailVerifiedAt: sql`coalesce(${users.emailVerifiedAt}, clock_timestamp())` })
      .where(eq(users.id, userId));
    await ctx.db
      .update(mailTokens)
      .set({ usedAt: sql`clock_timestamp()` })
      .where(and(eq(mailTokens.userId, userId), isNull(mailTokens.usedAt)));
    await setPassword(ctx, { userId, email, name: user.name, passwordHash, because: "password.reset" });
  });
}
