import { and, eq, isNull, sql } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type UserActor } from "@/lib/ctx";
import { users } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { takeTurn } from "@/lib/limits";
import { issueMailToken, linkIsSpent, spendMailToken } from "@/lib/logins/mail-token";
import { getUser } from "@/lib/logins/queries";
import type { VerifyEmail } from "@/lib/logins/schema";
import { enqueueMail } from "@/lib/outbox/enqueue";
import { minutes } from "@/lib/time";
import type { VerifiedEmail } from "./schema";

const MAILS_PER_USER = { count: 5, windowMs: minutes(15) };

/** Proves an address by the mail that went to it. A mail to an address that the user left proves nothing. */
export async function verifyEmail(ctx: Ctx, { token }: VerifyEmail): Promise<VerifiedEmail> {
  return inTx(ctx, async (ctx) => {
    const { userId, email } = await spendMailToken(ctx, "verify_email", token);
    const [user] = await ctx.db
      .update(users)
      .set({ emailVerifiedAt: sql`coalesce(${users.emailVerifiedAt}, clock_timestamp())` })
      .where(and(eq(users.id, userId), eq(users.email, email), isNull(users.closedAt)))
      .returning({ email: users.email, name: users.name });
    if (!user) throw linkIsSpent();
    await recordAudit(ctx, { action: "email.verified", target: userId });
    await enqueueMail(ctx, { to: user.email, template: "welcome", facts: { name: user.name } });
    return { email: user.email };
  });
}

/** Sends the mail once more. */
export async function requestVerification(ctx: Ctx<UserActor>): Promise<void> {
  const { userId } = ctx.actor;
  const { email, emailVerified } = await getUser(ctx);
  if (emailVerified) throw new AppError("conflict", "Your e-mail address is verified already.");
  takeTurn(`verify:${userId}`, MAILS_PER_USER);
  await inTx(ctx, (ctx) => enqueueMail(ctx, { to: email, template: "verify_email", facts: { userId } }));
}

/** What the mail says, made as it leaves. Nothing when the address was verified, or left, in the meantime. */
export async function composeVerification(
  ctx: Ctx,
  { userId, email }: { userId: Id<"user">; email: string },
): Promise<{ name: string; token: string } | undefined> {
  return inTx(ctx, async (ctx) => {
    const [user] = await ctx.db
      .select({ name: users.name })
      .from(users)
      .where(and(eq(users.id, userId), eq(users.email, email), isNull(users.emailVerifiedAt), isNull(users.closedAt)))
      .for("update");
    return user && { name: user.name, token: await issueMailToken(ctx, "verify_email", { userId, email }) };
  });
}
