import { and, eq, isNull } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type TxCtx, type UserActor } from "@/lib/ctx";
import { isUniqueViolation } from "@/lib/db/client";
import { users } from "@/lib/db/schema";
import { AppError, invalid } from "@/lib/errors";
import { takeTurn } from "@/lib/limits";
import { provePassword } from "@/lib/logins/prove-password";
import { getUser } from "@/lib/logins/queries";
import type { User } from "@/lib/logins/schema";
import { enqueueMail } from "@/lib/outbox/enqueue";
import { minutes } from "@/lib/time";
import { emailTaken, requireFreeAddress } from "./internal";
import type { ChangeProfile } from "./schema";

/** Each try tells whether an address is taken. */
const EMAIL_CHANGES = { count: 10, windowMs: minutes(15) };

/** Changes name or address. A new address asks for the password, and has to be proven again. */
export async function changeProfile(
  ctx: Ctx<UserActor>,
  { name, email, currentPassword }: ChangeProfile,
): Promise<User> {
  const before = await getUser(ctx);
  const newEmail = email === before.email ? undefined : email;
  if (newEmail) {
    if (!currentPassword) throw invalid({ currentPassword: "Enter your password to change the address." });
    takeTurn(`email-change:${ctx.actor.userId}`, EMAIL_CHANGES);
    await provePassword(ctx, currentPassword);
    await requireFreeAddress(ctx, newEmail);
  }

  try {
    return await inTx(ctx, async (ctx) => {
      if (name !== undefined && name !== before.name) await rename(ctx, name);
      if (newEmail) await moveTo(ctx, newEmail);
      return getUser(ctx);
    });
  } catch (error) {
    if (isUniqueViolation(error, "users_email")) throw emailTaken();
    throw error;
  }
}

async function rename(ctx: TxCtx<UserActor>, name: string): Promise<void> {
  const { userId } = ctx.actor;
  await ctx.db
    .update(users)
    .set({ name })
    .where(and(eq(users.id, userId), isNull(users.closedAt)));
  await recordAudit(ctx, { action: "user.renamed", target: userId });
}

/** The old address hears of it, in case it was not its owner who asked. */
async function moveTo(ctx: TxCtx<UserActor>, email: string): Promise<void> {
  const { userId } = ctx.actor;
  const [before] = await ctx.db
    .select({ email: users.email, name: users.name })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.closedAt)))
    .for("update");
  if (!before) throw new AppError("unauthenticated", "You were signed out. Sign in again to go on.");
  await ctx.db.update(users).set({ email, emailVerifiedAt: null }).where(eq(users.id, userId));
  await recordAudit(ctx, { action: "email.changed", target: userId });
  await enqueueMail(ctx, { to: email, template: "verify_email", facts: { userId } });
  await enqueueMail(ctx, { to: before.email, template: "email_changed", facts: { name: before.name } });
}
