import { and, eq, isNull, sql } from "drizzle-orm";
import type { TxCtx } from "@/lib/ctx";
import { outbox } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import type { QueuedMail } from "@/lib/mail";

/** Something that open pages hear about: they fetch what changed. */
export type SocketEffect = { accountId: Id<"account">; event: string; body: Record<string, unknown> };

/** One mail that will be sent once this transaction commits. The template turns the facts into words when it leaves. */
export async function enqueueMail(ctx: TxCtx, mail: QueuedMail, { waitMs = 0 } = {}): Promise<void> {
  const dueAt = sql`clock_timestamp() + make_interval(secs => ${waitMs / 1_000})`;
  await ctx.db.insert(outbox).values({ kind: "mail", payload: mail, dueAt });
}

/** Whether such a mail has yet to leave. Whoever asks for the same at once waits until this transaction is over. */
export async function isMailWaiting(
  ctx: TxCtx,
  { to, template }: Pick<QueuedMail, "to" | "template">,
): Promise<boolean> {
  await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`mail:${template}:${to}`}, 0))`);
  const [waiting] = await ctx.db
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.kind, "mail"),
        isNull(outbox.doneAt),
        isNull(outbox.deadAt),
        sql`${outbox.payload} @> ${JSON.stringify({ to, template })}::jsonb`,
      ),
    )
    .limit(1);
  return waiting !== undefined;
}

export async function enqueueSocket(ctx: TxCtx, effect: SocketEffect): Promise<void> {
  await ctx.db.insert(outbox).values({ kind: "socket", payload: effect });
}
