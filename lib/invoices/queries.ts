import { and, asc, desc, eq, ne, sql } from "drizzle-orm";
import { type Ctx, type MemberActor, requireScope } from "@/lib/ctx";
import { invoiceLines, invoices } from "@/lib/db/schema";
import { toDecimal, toWire } from "@/lib/money";
import { type InvoiceRow, readOwn } from "./internal";
import type { Invoice, InvoicePage, InvoiceSummary, ListInvoices, OneInvoice } from "./schema";

/** What the caller's account was billed, the latest first. Drafts are not bills yet. */
export async function listInvoices(
  ctx: Ctx<MemberActor>,
  { limit, cursor, family }: ListInvoices,
): Promise<InvoicePage> {
  requireScope(ctx, "billing:read");
  const rows = await ctx.db
    .select()
    .from(invoices)
    .where(
      and(
        eq(invoices.accountId, ctx.actor.accountId),
        ne(invoices.state, "draft"),
        family && eq(invoices.family, family),
        cursor === undefined
          ? undefined
          : sql`(${invoices.createdAt}, ${invoices.id}) < (select last.created_at, last.id from ${invoices} as last
              where last.id = ${cursor} and last.account_id = ${ctx.actor.accountId})`,
      ),
    )
    .orderBy(desc(invoices.createdAt), desc(invoices.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit).map(asSummary);
  return { invoices: page, nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

/** One invoice with its lines. */
export async function getInvoice(ctx: Ctx<MemberActor>, { id }: OneInvoice): Promise<Invoice> {
  requireScope(ctx, "billing:read");
  const row = await readOwn(ctx, id);
  const lines = await ctx.db
    .select()
    .from(invoiceLines)
    .where(and(eq(invoiceLines.invoiceId, id), eq(invoiceLines.accountId, row.accountId)))
    .orderBy(asc(invoiceLines.position));
  return {
    ...asSummary(row),
    ...{ reason: row.reason, method: row.method, billedTo: row.billedTo, taxId: row.taxId },
    amountRefunded: toWire(row.refunded),
    ...{ subtotal: toWire(row.subtotal), discount: toWire(row.discount), tax: toWire(row.tax) },
    lines: lines.map(({ title, quantity, amount, isProration, periodStart, periodEnd }) => ({
      ...{ title, quantity, amount: toWire(amount), isProration, periodStart, periodEnd },
    })),
  };
}

const asSummary = (row: InvoiceRow): InvoiceSummary => ({
  ...{ id: row.id, number: row.number, status: row.state, family: row.family, subscriptionId: row.subscriptionId },
  ...{ amount: Number(toDecimal(row.total)), currency: "usd", total: toWire(row.total) },
  ...{ amountDue: toWire(row.amountDue), amountPaid: toWire(row.amountPaid) },
  ...{ periodStart: row.periodStart, periodEnd: row.periodEnd, createdAt: row.createdAt },
  ...{ dueAt: row.dueAt, paidAt: row.paidAt, hostedUrl: row.hostedUrl, pdfUrl: row.pdfUrl },
  ...{ failure: row.failure, attempts: row.attempts, nextTryAt: row.nextTryAt },
});
