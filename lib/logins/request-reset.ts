import { and, eq, isNull } from "drizzle-orm";
import { type Ctx, inTx } from "@/lib/ctx";
import { users } from "@/lib/db/schema";
import { takeTurn, takeTurnOrWait } from "@/lib/limits";
import { enqueueMail, isMailWaiting } from "@/lib/outbox/enqueue";
import { minutes } from "@/lib/time";
import { issueMailToken } from "./mail-token";
import { networkOf } from "./rules";
import type { RequestReset } from "./schema";

const REQUESTS_PER_NETWORK = { count: 5, windowMs: minutes(15) };
/** From all networks together, so that nobody's mailbox is flooded. */
const PROMPT_MAILS = { count: 3, windowMs: minutes(15) };

/**
 * Asks for a mail that lets somebody choose another password. Whether the address is
 * known is looked up when the mail leaves, so the answer here says nothing, not even by its timing.
 * What strangers ask for elsewhere has nobody refused: past the first mails one waits for its time and serves all who ask.
 */
export async function requestReset(ctx: Ctx, { email }: RequestReset): Promise<void> {
  takeTurn(`reset:${email}|${networkOf(ctx.origin.ip)}`, REQUESTS_PER_NETWORK);
  const mail = { to: email, template: "reset_password" as const, facts: {} };
  await inTx(ctx, async (ctx) => {
    if (await isMailWaiting(ctx, mail)) return;
    await enqueueMail(ctx, mail, { waitMs: takeTurnOrWait(`reset:${email}`, PROMPT_MAILS) });
  });
}

/** What the mail says, made as it leaves, so that no queue ever holds the secret. Nothing for an address that nobody has. */
export async function composeReset(
  ctx: Ctx,
  { email }: RequestReset,
): Promise<{ name: string; token: string } | undefined> {
  return inTx(ctx, async (ctx) => {
    const [user] = await ctx.db
      .select({ id: users.id, name: users.name })
      .from(users)
      .where(and(eq(users.email, email), isNull(users.closedAt)))
      .for("update");
    return user && { name: user.name, token: await issueMailToken(ctx, "reset_password", { userId: user.id, email }) };
  });
}
