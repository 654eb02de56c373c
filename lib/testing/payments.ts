import { sql } from "drizzle-orm";
import { db } from "@/lib/db/client";
import { createIntent } from "@/lib/payments/create-intent";
import type { CreateIntent, Intent } from "@/lib/payments/schema";
import { settle } from "@/lib/payments/settle";
import { guestCtx, type Person } from "./people";
import type { TestStripe } from "./stripe";

export const stripeCtx = () => ({ ...guestCtx(), actor: { kind: "system" as const, name: "stripe" } });

/** Somebody buys something and it is granted. */
export async function aPurchase(
  house: TestStripe,
  who: Person,
  given: CreateIntent & { card?: string } = { packageId: 2 },
): Promise<Intent> {
  const { card, ...what } = given;
  const intent = await createIntent(who.ctx, what);
  await house.pay(intent.paymentIntentId, card);
  await settle(stripeCtx(), intent.paymentIntentId);
  return intent;
}

/** Somebody of the house, acting from their own account. */
export const asStaff = ({ ctx }: Person) => ({ ...ctx, actor: { ...ctx.actor, isStaff: true } });

/** What lies in every pot of an account, and in those pots of the house that a test asks about. */
export async function potsOf(accountId: string): Promise<Record<string, number>> {
  const rows = await db().execute<{ kind: string; balance: string }>(
    sql`select kind, balance from pots where account_id = ${accountId} and balance <> 0`,
  );
  return Object.fromEntries(rows.map(({ kind, balance }) => [kind, Number(balance)]));
}

/** What of the house's pots is due to one account's transfers. */
export async function houseOf(accountId: string): Promise<Record<string, number>> {
  const rows = await db().execute<{ pot: string; amount: string }>(sql`
    select pot, sum(amount) as amount from entries where account_id is null and transfer_id in (
      select transfer_id from entries where account_id = ${accountId}
      union select t.id from transfers t join payments p on t.detail ->> 'payment' = p.id where p.account_id = ${accountId})
    group by pot having sum(amount) <> 0`);
  return Object.fromEntries(rows.map(({ pot, amount }) => [pot, Number(amount)]));
}
