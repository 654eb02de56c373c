import { eq } from "drizzle-orm";
import { createAccount } from "@/lib/accounts/create";
import { recordAudit } from "@/lib/audit/record";
import { grantWelcome } from "@/lib/credits/grant-welcome";
import { type Ctx, inTx, type TxCtx } from "@/lib/ctx";
import { isUniqueViolation } from "@/lib/db/client";
import { users } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { requireUncommon } from "@/lib/logins/common-passwords";
import { hashPassword } from "@/lib/logins/password";
import type { User } from "@/lib/logins/schema";
import { once } from "@/lib/once";
import { enqueueMail } from "@/lib/outbox/enqueue";
import type { OwnAccount, Register } from "./schema";

export type NewUser = { user: User; account: OwnAccount; creditBalance: number };

/**
 * Makes a user with a personal account and its first credits, and in the same transaction whatever `then`
 * adds. Of any number of registrations for one address, one succeeds.
 */
export async function makeUser<T>(
  ctx: Ctx,
  input: Register,
  then: (ctx: TxCtx, made: NewUser) => Promise<T>,
): Promise<T> {
  requireUncommon(input.password, "password", [input.name, input.email]);
  return inTurn(input.email, async () => {
    await requireFreeAddress(ctx, input.email);
    const passwordHash = await hashPassword(input.password);
    try {
      return await inTx(ctx, async (ctx) => then(ctx, await writeUser(ctx, input, passwordHash)));
    } catch (error) {
      if (isUniqueViolation(error, "users_email")) throw emailTaken();
      throw error;
    }
  });
}

async function writeUser(ctx: TxCtx, { name, email, plan }: Register, passwordHash: string): Promise<NewUser> {
  const id = newId("user");
  const [row] = await ctx.db
    .insert(users)
    .values({ id, name, email, passwordHash })
    .returning({ createdAt: users.createdAt });
  if (!row) throw new Error("The user was not written");
  const account = await createAccount(ctx, { name, kind: "personal", ownerId: id });
  await recordAudit(ctx, {
    accountId: account.id,
    action: "user.registered",
    target: id,
    detail: plan ? { plan } : {},
  });
  await enqueueMail(ctx, { to: email, template: "verify_email", facts: { userId: id } });
  const creditBalance = await grantWelcome(ctx, account.id);
  return {
    creditBalance,
    user: { id, name, email, emailVerified: false, createdAt: row.createdAt },
    account: { ...account, kind: "personal", role: "owner" },
  };
}

/** Spares the hash where the answer is known. The unique index decides when two processes ask at once. */
export async function requireFreeAddress(ctx: Ctx, email: string): Promise<void> {
  const [taken] = await ctx.db.select({ id: users.id }).from(users).where(eq(users.email, email));
  if (taken) throw emailTaken();
}

export function emailTaken(): AppError {
  const message = "This e-mail address has an account already. Sign in, or reset the password.";
  return new AppError("email_taken", message, { details: { fields: { email: message } } });
}

/** One at a time for one address, so that fifty at once cost one hash. */
async function inTurn<T>(email: string, work: () => Promise<T>): Promise<T> {
  const turns = once("registrations", () => new Map<string, Promise<unknown>>());
  const before = turns.get(email) ?? Promise.resolve();
  const mine = before.then(work, work);
  turns.set(email, mine);
  try {
    return await mine;
  } finally {
    if (turns.get(email) === mine) turns.delete(email);
  }
}
