import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import { potInWords } from "@/lib/books/rules";
import { cardName } from "@/lib/cards/rules";
import { type Ctx, type MemberActor, requireScope } from "@/lib/ctx";
import { entries, payments } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import { type Id, isId } from "@/lib/ids";
import { proveTransfer } from "@/lib/ledger/prove";
import { getTransfer, type WholeTransfer } from "@/lib/ledger/whole-transfer";
import { detailOf } from "@/lib/payments/queries";
import type { PaymentDetail } from "@/lib/payments/schema";
import { amountOf, computationOf, dollarsOf, type Moved, priceOf, type Story, sentenceOf, totalOf } from "./rules";
import type { FindReceipt, Receipt, ReceiptLot } from "./schema";

/** What one movement of the caller's account was, and whether the books still say so. Staff may read anybody's. */
export async function getReceipt(ctx: Ctx<MemberActor>, { id }: FindReceipt): Promise<Receipt> {
  const isStaff = ctx.actor.kind === "user" && ctx.actor.isStaff;
  if (!isStaff) requireScope(ctx, "billing:read");
  const accountId = await accountOf(ctx, id, isStaff);
  const [whole, proof] = await Promise.all([getTransfer(ctx, id), proveTransfer(ctx, id)]);
  const payment = await paymentOf(ctx, accountId, whole);
  const story = storyOf(accountId, whole);
  return {
    ...{ id, accountId, kind: story.kind, title: story.title, at: whole.transfer.effectiveAt },
    sentence: sentenceOf(story, accountId === ctx.actor.accountId ? "own" : "staff"),
    total: totalOf(story),
    payment: payment && asPaid(payment),
    entries: story.moved.map(({ pot, amount, after }) => ({
      ...{ pot, name: potInWords(pot) },
      amount: amountOf(pot, amount),
      after: amountOf(pot, after),
    })),
    lots: [...story.lots],
    computation: computationOf(story),
    aftermath: payment ? aftermathOf(payment) : [],
    ...proof,
  };
}

/** Whose receipt it is: the caller's where they have a part in it, and for staff otherwise whoever has. */
async function accountOf(
  { db, actor }: Ctx<MemberActor>,
  id: Id<"transfer">,
  isStaff: boolean,
): Promise<Id<"account">> {
  const own = eq(entries.accountId, actor.accountId);
  const [found] = await db
    .select({ accountId: entries.accountId })
    .from(entries)
    .where(and(eq(entries.transferId, id), isStaff ? isNotNull(entries.accountId) : own))
    .orderBy(desc(sql`${entries.accountId} = ${actor.accountId}`), entries.leg)
    .limit(1);
  if (!found?.accountId) throw notFound("Receipt");
  return found.accountId;
}

async function paymentOf(
  ctx: Ctx,
  accountId: Id<"account">,
  { transfer }: WholeTransfer,
): Promise<PaymentDetail | null> {
  const { payment: id } = transfer.detail;
  if (!isId("payment", id)) return null;
  const [row] = await ctx.db
    .select()
    .from(payments)
    .where(and(eq(payments.id, id), eq(payments.accountId, accountId)));
  return row ? detailOf(ctx, row) : null;
}

function storyOf(accountId: Id<"account">, { transfer, entries: legs, allocations, lots }: WholeTransfer): Story {
  const { title } = transfer.detail;
  const cash = legs.filter(({ pot }) => pot === "stripe").reduce((sum, { amount }) => sum + amount, 0);
  const touched = allocations.filter(({ lot }) => lot.accountId === accountId);
  return {
    kind: transfer.kind,
    title: typeof title === "string" ? title : transfer.kind,
    cash,
    moved: movedBy(accountId, legs),
    lots: [
      ...lots.filter((lot) => lot.accountId === accountId).map((lot) => lotLine("brought", lot, lot.amount)),
      ...touched.map(({ lot, amount }) => lotLine(amount < 0 ? "used" : "given_back", lot, Math.abs(amount))),
    ],
  };
}

/** Two legs into one pot, each with a lot of its own, are one line of the account. */
function movedBy(accountId: Id<"account">, legs: WholeTransfer["entries"]): Moved[] {
  const moved = new Map<string, Moved>();
  for (const { accountId: whose, pot, amount, balanceAfter } of legs) {
    if (whose !== accountId) continue;
    const before = moved.get(pot)?.amount ?? 0;
    // An account has no pot of the house.
    moved.set(pot, { pot: pot as Moved["pot"], amount: before + amount, after: balanceAfter ?? 0 });
  }
  return [...moved.values()];
}

const lotLine = (use: ReceiptLot["use"], lot: WholeTransfer["lots"][number], part: number): ReceiptLot => ({
  ...{ use, kind: lot.kind },
  amount: amountOf(lot.pot, part),
  price: dollarsOf(priceOf(lot, part)),
  receiptId: use === "brought" ? null : lot.transferId,
});

const asPaid = ({ id, title, card, status, money, refunded }: PaymentDetail): Receipt["payment"] => ({
  ...{ id, title },
  method: card ? cardName(card) : status === "succeeded" ? "Bank account" : null,
  paid: dollarsOf(money.micros),
  refunded: dollarsOf(refunded.micros),
});

const aftermathOf = ({ refunds, disputes }: PaymentDetail): Receipt["aftermath"] =>
  [
    ...refunds.map((one) => ({ what: "refund" as const, ...one })),
    ...disputes.map((one) => ({ what: "dispute" as const, ...one })),
  ]
    .sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime())
    .map(({ what, status, money, createdAt }) => ({
      ...{ what, status, at: createdAt },
      amount: dollarsOf(money.micros),
    }));
