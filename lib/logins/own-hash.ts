import { and, eq } from "drizzle-orm";
import type { Ctx } from "@/lib/ctx";
import { users } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { hashPassword, isPassword } from "./password";
import { isImported } from "./rules";

type Proven = { id: Id<"user">; passwordHash: string; password: string };

/**
 * Puts a hash of ours in the place of an imported one, now that the password is known, and answers
 * what stands there. Of two who sign in at once one does it, and the other finds it done.
 */
export async function ownHash(ctx: Ctx, { id, passwordHash, password }: Proven): Promise<string> {
  if (!isImported(passwordHash)) return passwordHash;
  const ours = await hashPassword(password);
  const [replaced] = await ctx.db
    .update(users)
    .set({ passwordHash: ours })
    .where(and(eq(users.id, id), eq(users.passwordHash, passwordHash)))
    .returning({ id: users.id });
  if (replaced) return ours;

  const [user] = await ctx.db.select({ passwordHash: users.passwordHash }).from(users).where(eq(users.id, id));
  return user && (await isPassword(password, user.passwordHash)) ? user.passwordHash : passwordHash;
}
