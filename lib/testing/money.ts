import { eq } from "drizzle-orm";
import { businessNow } from "@/lib/clock";
import type { Ctx, SystemActor } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { lots, pots } from "@/lib/db/schema";
import { type Id, newId } from "@/lib/ids";
import { postTransfer } from "@/lib/ledger/post";
import type { NewLot } from "@/lib/ledger/schema";

/** Somebody who acts on an account of their own. */
type Owner = { accountId: Id<"account">; ctx: Ctx };

/** A cause that nothing else has. */
export const aCause = () => `test:${newId("req")}`;

export const systemCtx = (now = businessNow()): Ctx<SystemActor> => ({
  actor: { kind: "system", name: "test" },
  db: db(),
  now,
  origin: { requestId: newId("req"), ip: null, userAgent: null },
});

export const topUp = (who: Owner, amount: number, lot: NewLot = { kind: "paid" }) =>
  postTransfer(who.ctx, {
    cause: aCause(),
    kind: "wallet.topped_up",
    legs: [
      { pot: "stripe", amount: -amount },
      { account: who.accountId, pot: "wallet", amount, lot },
    ],
  });

export const buyCredits = (who: Owner, { paid, bonus = 0, price }: { paid: number; bonus?: number; price: number }) =>
  postTransfer(who.ctx, {
    cause: aCause(),
    kind: "credits.bought",
    legs: [
      { pot: "stripe", amount: -price },
      { pot: "deferred", amount: price },
      { pot: "issued_paid", amount: -paid },
      { pot: "issued_bonus", amount: -bonus },
      { account: who.accountId, pot: "credits", amount: paid, lot: { kind: "paid", price } },
      { account: who.accountId, pot: "credits", amount: bonus, lot: { kind: "bonus" } },
    ],
  });

export const grantCredits = (who: Owner, amount: number, lot: Omit<NewLot, "kind"> = {}) =>
  postTransfer(who.ctx, {
    cause: aCause(),
    kind: "credits.granted",
    legs: [
      { pot: "issued_promotional", amount: -amount },
      { account: who.accountId, pot: "credits", amount, lot: { ...lot, kind: "promotional" } },
    ],
  });

export const spendCredits = (who: Owner, amount: number, given: { cause?: string; purpose?: string } = {}) =>
  postTransfer(who.ctx, {
    cause: given.cause ?? aCause(),
    kind: "credits.spent",
    spends: true,
    purpose: given.purpose ?? "video",
    recognises: "income_credits",
    legs: [
      { account: who.accountId, pot: "credits", amount: -amount },
      { pot: "burned", amount },
    ],
  });

/** What lies in each pot of an account, and in each of its lots: what remains of it, and what is gone. */
export async function potsOf(accountId: Id<"account">) {
  const found = await db().select().from(pots).where(eq(pots.accountId, accountId));
  const inLots = await db().select().from(lots).where(eq(lots.accountId, accountId)).orderBy(lots.kind, lots.id);
  return {
    ...Object.fromEntries(found.map(({ kind, balance }) => [kind, balance])),
    lots: inLots.map(({ kind, remaining, gone }) => [kind, remaining, gone]),
  };
}
