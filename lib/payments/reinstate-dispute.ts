import { and, eq, sql } from "drizzle-orm";
import type { TxCtx } from "@/lib/ctx";
import { type disputes, entries, pots, transfers } from "@/lib/db/schema";
import { postTransfer } from "@/lib/ledger/post";
import type { Leg } from "@/lib/ledger/schema";
import { centsOfShare, type Micros, subtract } from "@/lib/money";
import type { PaymentRow } from "./internal";
import type { KnownDispute } from "./look-up";
import { reinstatementGives } from "./rules";

type DisputeRow = typeof disputes.$inferSelect;

/** What was paid already of a debt that turns out to be none comes back, as a lot of its own. */
export async function returnCollected(ctx: TxCtx, payment: PaymentRow, dispute: DisputeRow): Promise<void> {
  const { accountId, purpose } = payment;
  const collected = dispute.owed - (await owedNow(ctx, payment));
  if (collected <= 0) return;
  const price =
    purpose === "wallet"
      ? collected
      : centsOfShare(payment.price, Math.min(collected, payment.credits), payment.credits);
  await postTransfer(ctx, {
    cause: `dispute:${dispute.id}:uncollected`,
    kind: `${purpose}.uncollected`,
    legs: [
      { account: accountId, pot: purpose, amount: collected, lot: { kind: "paid", price } },
      { account: accountId, pot: `${purpose}_owed`, amount: -collected },
      ...(purpose === "credits" ? priceLegs(price) : []),
    ],
    detail: { title: "What was paid of a debt that is none", payment: payment.id, dispute: dispute.id },
  });
}

/** So much of the loss is none any more, and stands for credits again. */
const priceLegs = (price: number): Leg[] => [
  { pot: "deferred", amount: price },
  { pot: "cost_disputes", amount: -price },
];

type Part = KnownDispute["reinstated"][number];

/**
 * A part of the money came back. It gives its share of what was bought: first it strikes off what is still owed, and
 * the rest comes back as a lot of its own. Says how much of the debt is struck off, or nothing where that was booked.
 */
export async function takeBackPart(
  ctx: TxCtx,
  payment: PaymentRow,
  dispute: DisputeRow,
  { id, amount }: Part,
): Promise<number | undefined> {
  const { accountId, purpose } = payment;
  const cause = `dispute:${dispute.id}:reinstated:${id}`;
  if (await isBooked(ctx, cause)) return undefined;
  const taken = purpose === "wallet" ? dispute.amount : await boughtTakenBy(ctx, dispute);
  const owed = Math.min(dispute.owed, await owedNow(ctx, payment));
  const { forgiven, back, price } = reinstatementGives(amount, { of: dispute.amount, taken, owed });
  await postTransfer(ctx, {
    cause,
    kind: `${purpose}.reinstated`,
    legs: [
      { pot: "stripe", amount: -amount },
      { account: accountId, pot: purpose, amount: back, lot: { kind: "paid", price } },
      { account: accountId, pot: `${purpose}_owed`, amount: forgiven },
      ...(purpose === "credits" ? creditLegs({ amount, price, units: forgiven + back }) : []),
    ],
    detail: { title: `${payment.title}: a part came back`, payment: payment.id, dispute: dispute.id },
  });
  return forgiven;
}

const creditLegs = ({ amount, price, units }: { amount: Micros; price: Micros; units: number }): Leg[] => [
  { pot: "issued_paid", amount: -units },
  { pot: "deferred", amount: price },
  { pot: "cost_disputes", amount: subtract(amount, price) },
];

async function isBooked({ db }: TxCtx, cause: string): Promise<boolean> {
  return (await db.$count(transfers, eq(transfers.cause, cause))) > 0;
}

async function owedNow({ db }: TxCtx, { accountId, purpose }: PaymentRow): Promise<number> {
  const [pot] = await db
    .select({ balance: pots.balance })
    .from(pots)
    .where(and(eq(pots.accountId, accountId), eq(pots.kind, `${purpose}_owed`)));
  return pot?.balance ?? 0;
}

/** How many bought credits it took back or left owed when it was opened. */
async function boughtTakenBy({ db }: TxCtx, { openedBy }: DisputeRow): Promise<number> {
  const [row] = await db
    .select({ amount: sql<number>`coalesce(sum(${entries.amount}), 0)::float8` })
    .from(entries)
    .where(and(sql`${entries.transferId} = ${openedBy}`, eq(entries.pot, "issued_paid")));
  return row?.amount ?? 0;
}
