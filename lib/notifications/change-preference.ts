import { and, eq, isNull } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type TxCtx, type UserActor } from "@/lib/ctx";
import { mailRefusals, users } from "@/lib/db/schema";
import { invalid } from "@/lib/errors";
import { listPreferences } from "./queries";
import { MAIL_KINDS } from "./rules";
import type { ChangePreference, Preferences, Unsubscribe, Unsubscribed } from "./schema";
import { type Leaver, readToken } from "./unsubscribe-link";

/** Switches one kind of mail on or off for the caller. Mail that waits already is judged by it too. */
export async function changePreference(ctx: Ctx<UserActor>, { kind, wanted }: ChangePreference): Promise<Preferences> {
  const { userId } = ctx.actor;
  return inTx(ctx, async (ctx) => {
    await setWanted(ctx, { userId, kind }, wanted);
    return listPreferences(ctx);
  });
}

/** Switches one kind of mail off by the link in a mail, whoever presses it. Pressing it again changes nothing. */
export async function unsubscribe(ctx: Ctx, { token }: Unsubscribe): Promise<Unsubscribed> {
  const leaver = readToken(token);
  if (!leaver) throw invalid({ token: "This link is not whole. Copy it from the mail again." });
  await inTx(ctx, (ctx) => setWanted(ctx, leaver, false));
  return { kind: leaver.kind, label: MAIL_KINDS[leaver.kind].label };
}

async function setWanted(ctx: TxCtx, { userId, kind }: Leaver, wanted: boolean): Promise<void> {
  const [user] = await ctx.db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.closedAt)))
    .for("share");
  if (!user) return;
  const changed = wanted
    ? await ctx.db
        .delete(mailRefusals)
        .where(and(eq(mailRefusals.userId, userId), eq(mailRefusals.kind, kind)))
        .returning({ kind: mailRefusals.kind })
    : await ctx.db
        .insert(mailRefusals)
        .values({ userId, kind })
        .onConflictDoNothing()
        .returning({ kind: mailRefusals.kind });
  if (changed.length > 0)
    await recordAudit(ctx, { action: "mail.preference_changed", target: userId, detail: { kind, wanted } });
}
