import { and, desc, eq, ilike, isNotNull, isNull, or, sql } from "drizzle-orm";
import type { Ctx, SystemActor, UserActor } from "@/lib/ctx";
import { mailRefusals, mails, outbox, users } from "@/lib/db/schema";
import { env } from "@/lib/env";
import { notFound } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { MAIL_KINDS, type MailKind, type OptionalKind } from "./rules";
import type { Preferences } from "./schema";

const MOST_LISTED = 100;

/** Every kind of mail there is, and whether the caller gets it. */
export async function listPreferences(ctx: Ctx<UserActor>): Promise<Preferences> {
  const rows = await ctx.db
    .select({ kind: mailRefusals.kind })
    .from(mailRefusals)
    .where(eq(mailRefusals.userId, ctx.actor.userId));
  const refused: MailKind[] = rows.map(({ kind }) => kind);
  return {
    kinds: Object.entries(MAIL_KINDS).map(([name, kind]) => ({
      ...kind,
      kind: name as MailKind, // the keys of the constant
      wanted: !refused.includes(name as MailKind),
    })),
  };
}

/** Who takes mail of this kind at this address, at this moment; nobody when they switched it off or left the address. */
export async function findTaker(ctx: Ctx, to: string, kind: OptionalKind): Promise<Id<"user"> | undefined> {
  const [taker] = await ctx.db
    .select({ id: users.id })
    .from(users)
    .leftJoin(mailRefusals, and(eq(mailRefusals.userId, users.id), eq(mailRefusals.kind, kind)))
    .where(and(eq(users.email, to), isNull(users.closedAt), isNull(mailRefusals.kind)));
  return taker?.id;
}

/** The local mailbox, the latest first, by what stands in an address or a subject. In production there is none. */
export async function listMails(ctx: Ctx, { sought }: { sought?: string | undefined }) {
  requireLocalMailbox();
  const words = sought?.replace(/\p{Cc}/gu, "").trim();
  const pattern = words && `%${words.replace(/[\\%_]/g, "\\$&")}%`;
  return ctx.db
    .select({ id: mails.id, recipient: mails.recipient, subject: mails.subject, sentAt: mails.sentAt })
    .from(mails)
    .where(pattern ? or(ilike(mails.recipient, pattern), ilike(mails.subject, pattern)) : undefined)
    .orderBy(desc(mails.sentAt), desc(mails.id))
    .limit(MOST_LISTED);
}

export async function findMail(ctx: Ctx, { id }: { id: Id<"mail"> }) {
  requireLocalMailbox();
  const [mail] = await ctx.db.select().from(mails).where(eq(mails.id, id));
  return mail;
}

/** Mails that will not be tried again, the latest first, for whoever runs this machine. */
export async function listMailsGivenUp(ctx: Ctx<SystemActor>) {
  return ctx.db
    .select({
      recipient: sql<string>`coalesce(${outbox.payload} ->> 'to', '')`,
      template: sql<string>`coalesce(${outbox.payload} ->> 'template', '')`,
      attempts: outbox.attempts,
      givenUpAt: sql`${outbox.deadAt}`.mapWith(outbox.deadAt),
      why: sql<string>`coalesce(${outbox.lastError}, '')`,
    })
    .from(outbox)
    .where(and(eq(outbox.kind, "mail"), isNotNull(outbox.deadAt)))
    .orderBy(desc(outbox.deadAt), desc(outbox.id))
    .limit(MOST_LISTED);
}

function requireLocalMailbox(): void {
  if (env().isProduction) throw notFound("Page");
}
