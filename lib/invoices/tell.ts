import { mailMembers } from "@/lib/accounts/mail-members";
import type { TxCtx } from "@/lib/ctx";
import { graceEnds } from "@/lib/entitlements/rules";
import { emitEvent } from "@/lib/events/emit";
import { subtract, toWire } from "@/lib/money";
import { formatDay } from "@/lib/time";
import { change, type InvoiceRow } from "./internal";
import type { KnownLine } from "./look-up";

type Turn = { before: InvoiceRow | undefined; after: InvoiceRow; lines: KnownLine[] };

/** Says of an invoice what has not been said: that it was made, that it was paid, and each time that a try failed. */
export async function tellOfInvoice(ctx: TxCtx, turn: Turn): Promise<void> {
  const { before, after } = turn;
  // Nobody is written to about nothing.
  if (after.state === "draft" || after.total <= 0) return;
  if (!after.wasAnnounced) await announce(ctx, after);
  if (after.state === "paid" && before?.state !== "paid") await tellOfPayment(ctx, turn);
  if (after.state === "open" && after.failure !== null && after.attempts > after.failuresTold)
    await tellOfFailure(ctx, after, after.failure);
}

const factsOf = ({ stripeId, number, total, periodStart, periodEnd }: InvoiceRow) => ({
  ...{ invoiceId: stripeId, number: number ?? stripeId, total: toWire(total) },
  ...{ periodStart: periodStart.toISOString(), periodEnd: periodEnd.toISOString() },
});

async function announce(ctx: TxCtx, row: InvoiceRow): Promise<void> {
  await change(ctx, row.id, { wasAnnounced: true });
  await emitEvent(ctx, row.accountId, "billing.invoice.created", {
    ...factsOf(row),
    dueAt: row.dueAt?.toISOString() ?? null,
  });
}

async function tellOfPayment(ctx: TxCtx, { after, lines }: Turn): Promise<void> {
  const { id, accountId, number, amountPaid, total, discount, tax, method, paidAt } = after;
  const at = (paidAt ?? ctx.now).toISOString();
  await emitEvent(ctx, accountId, "billing.invoice.paid", { ...factsOf(after), paidAt: at });
  if (amountPaid === 0) return;
  const others = [
    { label: "Discount", micros: -discount },
    { label: "Tax", micros: tax },
    { label: "Credit that stood", micros: -subtract(total, amountPaid) },
  ];
  await mailMembers(ctx, {
    ...{ accountId, scope: "billing:write" as const },
    mail: {
      template: "receipt",
      facts: {
        ...{ number: number ?? id, paidAt: at, method: method ?? "Card" },
        lines: [
          ...lines.map(({ title, amount }) => ({ label: title, micros: amount })),
          ...others.filter(({ micros }) => micros !== 0),
        ],
        totalMicros: amountPaid,
        path: `/dashboard/billing/invoices/${id}`,
      },
    },
  });
}

/** Who pays a first invoice or a change sits beside it; of a renewal that failed its people hear by mail. */
async function tellOfFailure(ctx: TxCtx, row: InvoiceRow, reason: string): Promise<void> {
  const { id, accountId, amountDue, nextTryAt, finalizedAt, periodStart } = row;
  await change(ctx, id, { failuresTold: row.attempts });
  await emitEvent(ctx, accountId, "billing.payment.failed", {
    ...{ paymentId: null, invoiceId: row.stripeId, amount: toWire(amountDue), reason },
    nextTryAt: nextTryAt?.toISOString() ?? null,
  });
  if (row.reason !== "subscription_cycle") return;
  await mailMembers(ctx, {
    ...{ accountId, scope: "billing:write" as const },
    mail: {
      template: "payment_failed",
      facts: {
        ...{ what: `Invoice ${row.number ?? id}, from ${formatDay(periodStart)}`, micros: amountDue, reason },
        ...{ method: row.method ?? "the saved card", nextTryAt: nextTryAt?.toISOString() ?? null },
        endsAt: finalizedAt ? graceEnds(finalizedAt).toISOString() : null,
      },
    },
  });
}
