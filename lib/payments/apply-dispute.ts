import { eq } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import type { TxCtx } from "@/lib/ctx";
import { disputes } from "@/lib/db/schema";
import { type Id, newId } from "@/lib/ids";
import { postTransfer } from "@/lib/ledger/post";
import { reverseTransfer } from "@/lib/ledger/reverse";
import type { Leg } from "@/lib/ledger/schema";
import { announceChange } from "@/lib/outbox/announce";
import { legOut, lockBrought, type PaymentRow, postFee, takenByRefunds } from "./internal";
import type { KnownDispute } from "./look-up";
import { returnCollected, takeBackPart } from "./reinstate-dispute";
import { disputeTakes, sizeOf } from "./rules";
import { tellOfLost, tellOfOpened, tellOfWon } from "./tell-of-aftermath";
import { updateSpending } from "./update-spending";

type DisputeRow = typeof disputes.$inferSelect;

/**
 * Brings our row of a dispute to where Stripe has it, by every step on the way: opened, then won or lost, and won after all. Each step
 * is booked once, so it does not matter when we hear of it, or that we hear of all of them at once.
 */
export async function applyDispute(ctx: TxCtx, payment: PaymentRow, known: KnownDispute): Promise<boolean> {
  if (payment.transferId === null) return false;
  const before = await rowOf(ctx, payment, known);
  const fees = await bookFees(ctx, before, known);
  const opened = known.withdrawn && before.openedBy === null ? await open(ctx, payment, before) : before;
  const closed = await close(ctx, payment, opened, known);
  return fees || closed !== before;
}

async function rowOf({ db }: TxCtx, payment: PaymentRow, known: KnownDispute): Promise<DisputeRow> {
  const { stripeId, amount, reason, dueAt, at } = known;
  await db
    .insert(disputes)
    .values({
      ...{ id: newId("dispute"), paymentId: payment.id, accountId: payment.accountId, state: "inquiry" as const },
      ...{ stripeId, amount, reason, dueAt, createdAt: at },
    })
    .onConflictDoUpdate({ target: disputes.stripeId, set: { dueAt } });
  const [row] = await db.select().from(disputes).where(eq(disputes.stripeId, stripeId));
  if (!row) throw new Error(`The dispute ${stripeId} was not written`);
  return row;
}

async function bookFees(ctx: TxCtx, { id, paymentId }: DisputeRow, { fees }: KnownDispute): Promise<boolean> {
  let booked = false;
  for (const { id: entry, fee } of fees) {
    const detail = {
      title: fee > 0 ? "Stripe's fee for a dispute" : "Stripe's fee for a dispute, given back",
      payment: paymentId,
    };
    const { outcome } = await postFee(ctx, { cause: `dispute:${id}:fee:${entry}`, fee, detail });
    booked ||= outcome === "posted";
  }
  return booked;
}

/** The bank has taken the money. What is left of the purchase is taken back, and what of it is used is owed. */
async function open(ctx: TxCtx, payment: PaymentRow, dispute: DisputeRow): Promise<DisputeRow> {
  const { id, amount } = dispute;
  const { accountId, purpose } = payment;
  const brought = await lockBrought(ctx, payment);
  const { due, taken } = disputeTakes(amount, payment, brought, await takenByRefunds(ctx, payment.id));
  const owed = sizeOf(due) - sizeOf(taken);
  const goods: Leg[] =
    purpose === "credits"
      ? [
          { pot: "issued_paid", amount: due.paid },
          { pot: "issued_bonus", amount: due.bonus },
        ]
      : [{ pot: "cost_disputes", amount: due.paid }];
  const { transferId } = await postTransfer(ctx, {
    cause: `dispute:${id}:opened`,
    kind: `${purpose}.disputed`,
    legs: [
      { pot: "stripe", amount },
      { pot: "disputed", amount: -amount },
      legOut(payment, brought, taken),
      { account: accountId, pot: `${purpose}_owed`, amount: -owed },
      ...goods,
    ],
    ...(purpose === "credits" && { recognises: "cost_disputes" as const }),
    detail: { title: `${payment.title} disputed`, payment: payment.id, dispute: id },
  });
  const after = await step(ctx, payment, dispute, { state: "open", openedBy: transferId, owed });
  await tellOfOpened(ctx, payment, { amount, taken: sizeOf(taken), owed });
  return after;
}

async function close(ctx: TxCtx, payment: PaymentRow, dispute: DisputeRow, known: KnownDispute): Promise<DisputeRow> {
  const { state } = dispute;
  if (state === "inquiry" && known.outcome === "closed") return step(ctx, payment, dispute, { state: "closed" });
  const [first, ...more] = known.reinstated;
  const isBackWhole = first !== undefined && more.length === 0 && first.amount >= dispute.amount;
  if (state === "open" && isBackWhole) return win(ctx, payment, dispute);
  const isOver = known.outcome === "lost" || (known.outcome === "won" && known.reinstated.length > 0);
  const lost = state === "open" && isOver ? await lose(ctx, payment, dispute) : dispute;
  if (lost.state !== "lost") return lost;
  return isBackWhole ? winAfterAll(ctx, payment, lost) : takeBackParts(ctx, payment, lost, known.reinstated);
}

async function win(ctx: TxCtx, payment: PaymentRow, dispute: DisputeRow): Promise<DisputeRow> {
  const { id, openedBy, amount } = dispute;
  if (openedBy === null) throw new Error(`${id} has taken nothing`);
  const { transferId } = await reverseTransfer(ctx, {
    ...{ cause: `dispute:${id}:won`, kind: `${payment.purpose}.dispute_won`, reverses: openedBy },
    detail: { title: `${payment.title}: dispute won`, payment: payment.id, dispute: id },
  });
  const won = await step(ctx, payment, dispute, { state: "won", closedBy: transferId, owed: 0 });
  await tellOfWon(ctx, payment, { amount, whole: true });
  return won;
}

async function lose(ctx: TxCtx, payment: PaymentRow, dispute: DisputeRow): Promise<DisputeRow> {
  const { id, amount } = dispute;
  const { transferId } = await postTransfer(ctx, {
    cause: `dispute:${id}:lost`,
    kind: "payment.dispute_lost",
    legs: [
      { pot: "disputed", amount },
      { pot: "cost_disputes", amount: -amount },
    ],
    detail: { title: `${payment.title}: dispute lost`, payment: payment.id, dispute: id },
  });
  const lost = await step(ctx, payment, dispute, { state: "lost", closedBy: transferId });
  await tellOfLost(ctx, payment, amount);
  return lost;
}

/** All of the money came back although it was lost: the loss is undone, and then everything is as when it was won. */
async function winAfterAll(ctx: TxCtx, payment: PaymentRow, dispute: DisputeRow): Promise<DisputeRow> {
  const { id, closedBy } = dispute;
  if (closedBy === null) throw new Error(`${id} was not closed`);
  await returnCollected(ctx, payment, dispute);
  await reverseTransfer(ctx, {
    ...{ cause: `dispute:${id}:not_lost`, kind: "payment.dispute_not_lost", reverses: closedBy },
    detail: { title: `${payment.title}: dispute not lost after all`, payment: payment.id, dispute: id },
  });
  return win(ctx, payment, dispute);
}

async function takeBackParts(
  ctx: TxCtx,
  payment: PaymentRow,
  dispute: DisputeRow,
  parts: KnownDispute["reinstated"],
): Promise<DisputeRow> {
  let current = dispute;
  for (const part of parts) {
    const forgiven = await takeBackPart(ctx, payment, current, part);
    if (forgiven === undefined) continue;
    const because = `dispute:${dispute.id}:reinstated:${part.id}`;
    current = await step(ctx, payment, current, { state: "lost", owed: current.owed - forgiven }, because);
    await tellOfWon(ctx, payment, { amount: part.amount, whole: false });
  }
  return current;
}

type Step = Partial<Pick<DisputeRow, "state" | "openedBy" | "closedBy" | "owed">> & { state: DisputeRow["state"] };

async function step(
  ctx: TxCtx,
  payment: PaymentRow,
  dispute: DisputeRow,
  facts: Step,
  because = `dispute:${dispute.id}:${facts.state}`,
): Promise<DisputeRow> {
  const id: Id<"dispute"> = dispute.id;
  const { accountId } = payment;
  await ctx.db.update(disputes).set(facts).where(eq(disputes.id, id));
  await updateSpending(ctx, accountId, because);
  await recordAudit(ctx, {
    accountId,
    action: `dispute.${facts.state}`,
    target: payment.id,
    detail: { dispute: id, amount: dispute.amount, reason: dispute.reason },
  });
  await announceChange(ctx, accountId, payment.purpose);
  return { ...dispute, ...facts };
}
