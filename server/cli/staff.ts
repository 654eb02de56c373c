import { and, eq, isNull } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { inTx } from "@/lib/ctx";
import { logins, users } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import { announceRevocation } from "@/lib/outbox/revoke";
import { operatorCtx } from "./context";

/** Whoever can run this holds the machine, which is why there is no other way to become staff. */
export async function setStaff({ email, isStaff }: { email: string; isStaff: boolean }): Promise<string> {
  return inTx(operatorCtx(), async (ctx) => {
    const [user] = await ctx.db
      .update(users)
      .set({ isStaff })
      .where(and(eq(users.email, email.trim().toLowerCase()), isNull(users.closedAt)))
      .returning({ id: users.id, email: users.email });
    if (!user) throw notFound(`A user with the address "${email}"`);
    const open = await ctx.db
      .select({ id: logins.id })
      .from(logins)
      .where(and(eq(logins.userId, user.id), isNull(logins.revokedAt)));
    await announceRevocation(
      ctx,
      "login",
      open.map(({ id }) => id),
    );
    await recordAudit(ctx, { action: isStaff ? "staff.granted" : "staff.revoked", target: user.id });
    return `${user.email} is ${isStaff ? "now" : "no longer"} staff of this deployment.`;
  });
}
