import { and, eq, isNull } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, requireStaff, type UserActor } from "@/lib/ctx";
import { users } from "@/lib/db/schema";
import { enqueueMail } from "@/lib/outbox/enqueue";
import { lockAny, turnTo, write } from "./internal";
import type { RequestRef, WriteMessage } from "./schema";

/** Staff's answer. Its person reads it on the page, and by mail where they take that. */
export async function answerRequest(ctx: Ctx<UserActor>, { id, message }: WriteMessage): Promise<RequestRef> {
  requireStaff(ctx);
  return inTx(ctx, async (ctx) => {
    const request = await lockAny(ctx, id);
    await write(ctx, { requestId: id, side: "staff", body: message });
    await turnTo(ctx, request, { state: "answered" });
    await recordAudit(ctx, { accountId: request.accountId, action: "support.answered", target: id });
    const [person] = await ctx.db
      .select({ email: users.email })
      .from(users)
      .where(and(eq(users.id, request.userId), isNull(users.closedAt)));
    const facts = { requestId: id, subject: request.subject, answer: message };
    if (person) await enqueueMail(ctx, { to: person.email, template: "support_answered", facts });
    return { id };
  });
}
