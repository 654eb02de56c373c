import { sql } from "drizzle-orm";
import type { TxCtx } from "@/lib/ctx";
import { creditTotals } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { postTransfer } from "@/lib/ledger/post";
import type { Posted } from "@/lib/ledger/schema";
import type { Micros } from "@/lib/money";
import { announceChange } from "@/lib/outbox/announce";

type Purchase = {
  /** Unique for the purchase, so that it is granted once. */
  cause: string;
  accountId: Id<"account">;
  title: string;
  credits: number;
  bonusCredits: number;
  price: Micros;
  detail: Record<string, unknown>;
};

/** Puts bought credits and their bonus into the account, each in a lot of its own. The same cause again grants nothing. */
export async function grantPurchase(ctx: TxCtx, purchase: Purchase): Promise<Posted> {
  const { cause, accountId, title, credits, bonusCredits, price, detail } = purchase;
  const posted = await postTransfer(ctx, {
    cause,
    kind: "credits.bought",
    legs: [
      { pot: "stripe", amount: -price },
      { pot: "deferred", amount: price },
      { pot: "issued_paid", amount: -credits },
      { pot: "issued_bonus", amount: -bonusCredits },
      { account: accountId, pot: "credits", amount: credits, lot: { kind: "paid", price } },
      { account: accountId, pot: "credits", amount: bonusCredits, lot: { kind: "bonus" } },
    ],
    detail: { title, ...detail },
  });
  if (posted.outcome === "already") return posted;

  const bought = credits + bonusCredits;
  await ctx.db
    .insert(creditTotals)
    .values({ accountId, bought })
    .onConflictDoUpdate({ target: creditTotals.accountId, set: { bought: sql`${creditTotals.bought} + ${bought}` } });
  await announceChange(ctx, accountId, "credits");
  return posted;
}
