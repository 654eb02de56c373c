import { eq } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type TxCtx, type UserActor } from "@/lib/ctx";
import { users } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { enqueueMail } from "@/lib/outbox/enqueue";
import { requireUncommon } from "./common-passwords";
import { lockUser } from "./internal";
import { hashPassword } from "./password";
import { provePassword } from "./prove-password";
import { endLogins } from "./revoke";
import type { ChangePassword, EndedLogins } from "./schema";

/** Replaces the caller's password and signs them out everywhere else. */
export async function changePassword(
  ctx: Ctx<UserActor>,
  { currentPassword, newPassword }: ChangePassword,
): Promise<EndedLogins> {
  const { userId, loginId } = ctx.actor;
  const person = await provePassword(ctx, currentPassword);
  requireUncommon(newPassword, "newPassword", [person.name, person.email]);
  const passwordHash = await hashPassword(newPassword);

  return inTx(ctx, async (ctx) => {
    const user = await lockUser(ctx, userId);
    if (user?.passwordHash !== person.passwordHash)
      throw new AppError("conflict", "Your password was changed a moment ago, somewhere else.");
    const ended = await setPassword(ctx, {
      userId,
      email: user.email,
      name: user.name,
      passwordHash,
      because: "password.changed",
      keep: loginId,
    });
    return { ended };
  });
}

type NewHash = {
  userId: Id<"user">;
  email: string;
  name: string;
  passwordHash: string;
  because: "password.changed" | "password.reset";
  keep?: Id<"login">;
};

/** What follows from a new password, however it came about. */
export async function setPassword(
  ctx: TxCtx,
  { userId, email, name, passwordHash, because, keep }: NewHash,
): Promise<number> {
  await ctx.db.update(users).set({ passwordHash }).where(eq(users.id, userId));
  const ended = await endLogins(ctx, userId, keep);
  await recordAudit(ctx, { action: because, target: userId, detail: { endedLogins: ended } });
  await enqueueMail(ctx, { to: email, template: "password_changed", facts: { name } });
  return ended;
}
