import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type TxCtx, type UserActor } from "@/lib/ctx";
import { logins } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { announceRevocation } from "@/lib/outbox/revoke";
import type { EndedLogins, EndLogins, LoginParams } from "./schema";

/** Ends one login of the caller's, this one or another. Ending it again changes nothing. */
export async function revokeLogin(ctx: Ctx<UserActor>, { id }: LoginParams): Promise<void> {
  return inTx(ctx, async (ctx) => {
    const [login] = await ctx.db
      .select({ id: logins.id, revokedAt: logins.revokedAt })
      .from(logins)
      .where(and(eq(logins.id, id), eq(logins.userId, ctx.actor.userId)))
      .for("update");
    if (!login) throw notFound("Login");
    if (login.revokedAt) return;
    await ctx.db.update(logins).set({ revokedAt: sql`clock_timestamp()` }).where(eq(logins.id, id));
    await announceRevocation(ctx, "login", [id]);
    await recordAudit(ctx, { action: "login.ended", target: id });
  });
}

/** Signs the caller out everywhere else, or everywhere. */
export async function revokeLogins(ctx: Ctx<UserActor>, { including }: EndLogins): Promise<EndedLogins> {
  const { userId, loginId } = ctx.actor;
  return inTx(ctx, async (ctx) => {
    const ended = await endLogins(ctx, userId, including === "this" ? undefined : loginId);
    await recordAudit(ctx, {
      action: "login.ended_everywhere",
      target: userId,
      detail: { ended, others: including === undefined },
    });
    return { ended };
  });
}

/** Ends all logins of a user but the one to keep, in the transaction that gives the reason. */
export async function endLogins(ctx: TxCtx, userId: Id<"user">, keep?: Id<"login">): Promise<number> {
  const ended = await ctx.db
    .update(logins)
    .set({ revokedAt: sql`clock_timestamp()` })
    .where(and(eq(logins.userId, userId), isNull(logins.revokedAt), keep && ne(logins.id, keep)))
    .returning({ id: logins.id });
  await announceRevocation(
    ctx,
    "login",
    ended.map(({ id }) => id),
  );
  return ended.length;
}
