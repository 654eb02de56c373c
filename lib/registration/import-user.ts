import { randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import type { Ctx, SystemActor } from "@/lib/ctx";
import { users } from "@/lib/db/schema";
import type { User } from "@/lib/logins/schema";
import { makeUser } from "./internal";
import type { ImportUser } from "./schema";

/** Takes somebody over from another system, with the password that they have there. One whose address is proven gets no mail. */
export function importUser(ctx: Ctx<SystemActor>, input: ImportUser): Promise<User> {
  const { name, email, passwordHash, emailVerified } = input;
  const password = randomBytes(32).toString("base64url");
  return makeUser(ctx, { name, email, password }, async (ctx, { user }) => {
    await ctx.db
      .update(users)
      .set({ passwordHash, ...(emailVerified && { emailVerifiedAt: sql`clock_timestamp()` }) })
      .where(eq(users.id, user.id));
    return { ...user, emailVerified };
  });
}
