import { and, eq, gt, isNotNull, isNull, lt, notExists, or, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/ctx";
import { accounts, cards, payments, pots, walletSettings } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { stripeMode } from "@/lib/stripe/target";

const BATCH = 50;

/** What is looked for, and judged once more under its locks. */
type Which = Pick<Ctx, "db" | "now"> & { accountId?: Id<"account"> };

/** Accounts whose wallet is to fill itself and lies below its threshold. One whose card was refused waits for another card. */
export async function findLowWallets({ db, now, accountId }: Which): Promise<Id<"account">[]> {
  const underWay = db
    .select({ one: sql`1` })
    .from(payments)
    .where(
      and(
        eq(payments.accountId, walletSettings.accountId),
        payments.isAutomatic,
        sql`${payments.state} in ('new', 'unknown', 'open', 'processing')`,
      ),
    );
  const rows = await db
    .select({ accountId: walletSettings.accountId })
    .from(walletSettings)
    .innerJoin(accounts, and(eq(accounts.id, walletSettings.accountId), isNull(accounts.closedAt)))
    .leftJoin(pots, and(eq(pots.accountId, walletSettings.accountId), eq(pots.kind, "wallet")))
    .leftJoin(
      cards,
      and(eq(cards.accountId, walletSettings.accountId), eq(cards.stripe, stripeMode()), eq(cards.isDefault, true)),
    )
    .where(
      and(
        accountId && eq(walletSettings.accountId, accountId),
        isNotNull(walletSettings.autoAmount),
        lt(sql`coalesce(${pots.balance}, 0)`, walletSettings.autoThreshold),
        isNull(pots.frozenAt),
        or(
          isNull(walletSettings.coolOffUntil),
          gt(sql`${now.toISOString()}::timestamptz`, walletSettings.coolOffUntil),
        ),
        or(
          isNull(walletSettings.autoPaused),
          eq(walletSettings.autoPaused, "cap_reached"),
          sql`${cards.id} is distinct from ${walletSettings.autoFailedCard}`,
        ),
        notExists(underWay),
      ),
    )
    .limit(BATCH);
  return rows.map(({ accountId }) => accountId);
}
