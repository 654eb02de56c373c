import type { TxCtx } from "@/lib/ctx";
import { postTransfer } from "@/lib/ledger/post";
import { type Micros, subtract } from "@/lib/money";
import { change, type InvoiceRow } from "./internal";

/** Books what an invoice brought, what Stripe took of it, and what was paid back since the last time, each once. */
export async function bookInvoice(ctx: TxCtx, row: InvoiceRow, refundedBefore: Micros): Promise<InvoiceRow> {
  const { id, state, amountPaid, fee, refunded } = row;
  if (state !== "paid" || amountPaid === 0) return row;
  const detail = { title: `Invoice ${row.number ?? id}`, invoice: id, account: row.accountId };
  const transferId = row.transferId ?? (await bookPayment(ctx, row, detail));
  if (row.transferId === null) await change(ctx, id, { transferId });
  if (fee !== null)
    await postTransfer(ctx, {
      cause: `invoice:${id}:fee`,
      kind: "payment.fee",
      legs: [
        { pot: "stripe", amount: fee },
        { pot: "cost_fees", amount: -fee },
      ],
      detail: { ...detail, title: "Stripe's fee" },
    });
  if (refunded !== refundedBefore) await bookRefund(ctx, row, { amount: subtract(refunded, refundedBefore), detail });
  return { ...row, transferId };
}

/** A refund that failed comes back the same way. The row is locked, and its count of looks stands for this one. */
const bookRefund = (
  ctx: TxCtx,
  { id, seen }: InvoiceRow,
  { amount, detail }: { amount: Micros; detail: Record<string, unknown> },
) =>
  postTransfer(ctx, {
    cause: `invoice:${id}:refunded:${seen}`,
    kind: "invoice.refunded",
    legs: [
      { pot: "stripe", amount },
      { pot: "income_plans", amount: -amount },
    ],
    detail: { ...detail, title: `Paid back of ${detail.title}` },
  });

async function bookPayment(ctx: TxCtx, { id, amountPaid }: InvoiceRow, detail: Record<string, unknown>) {
  const posted = await postTransfer(ctx, {
    cause: `invoice:${id}:paid`,
    kind: "invoice.paid",
    legs: [
      { pot: "stripe", amount: -amountPaid },
      { pot: "income_plans", amount: amountPaid },
    ],
    detail,
  });
  return posted.transferId;
}
