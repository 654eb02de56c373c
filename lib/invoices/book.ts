import type { TxCtx } from "@/lib/ctx";
import { postTransfer } from "@/lib/ledger/post";
import { change, type InvoiceRow } from "./internal";

/** Books what an invoice brought and what Stripe took of it, each once. */
export async function bookInvoice(ctx: TxCtx, row: InvoiceRow): Promise<InvoiceRow> {
  const { id, state, amountPaid, fee } = row;
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
  return { ...row, transferId };
}

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
