import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Ctx, TxCtx } from "@/lib/ctx";
import { accounts, cards } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { stripeMode } from "@/lib/stripe/target";

export type CardRow = typeof cards.$inferSelect;

/** So many can be saved. More than that only Stripe's own pages bring, and those are not shown. */
export const mostCards = 20;
const MOST_READ = 100;

/** The cards that an account has now, the default first. */
export const keptBy = ({ db }: Pick<Ctx, "db">, accountId: Id<"account">): Promise<CardRow[]> =>
  db
    .select()
    .from(cards)
    .where(and(eq(cards.accountId, accountId), eq(cards.stripe, stripeMode()), isNull(cards.removedAt)))
    .orderBy(sql`${cards.isDefault} desc`, asc(cards.addedAt), asc(cards.id))
    .limit(MOST_READ);

/** Locks the account, so that two changes of its cards leave one default. */
export async function lockCards(ctx: TxCtx, accountId: Id<"account">): Promise<CardRow[]> {
  await ctx.db.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, accountId)).for("no key update");
  return keptBy(ctx, accountId);
}

export async function readCard(ctx: Ctx, accountId: Id<"account">, id: Id<"card">): Promise<CardRow> {
  const card = (await keptBy(ctx, accountId)).find((one) => one.id === id);
  if (!card) throw notFound("Payment method");
  return card;
}

export async function setDefault(ctx: TxCtx, kept: CardRow[], id: Id<"card"> | undefined): Promise<void> {
  for (const card of kept.filter((one) => one.isDefault && one.id !== id))
    await ctx.db.update(cards).set({ isDefault: false }).where(eq(cards.id, card.id));
  if (id) await ctx.db.update(cards).set({ isDefault: true }).where(eq(cards.id, id));
}
