import Link from "next/link";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { type Column, Ledger } from "@/components/ui/ledger";
import { Pager } from "@/components/ui/pager";
import { Tag, type TagTone } from "@/components/ui/tag";
import type { InvoicePage, InvoiceSummary } from "@/lib/invoices/schema";
import { formatMoney, micros } from "@/lib/money";
import { formatDay } from "@/lib/time";
import { FAMILY_WORDS } from "./plan-words";

export const INVOICE_COLUMNS: Column<"at" | "what" | "state" | "amount" | "files">[] = [
  { key: "at", title: "Date", kind: "when", wideOnly: true },
  { key: "what", title: "Invoice" },
  { key: "state", title: "State" },
  { key: "amount", title: "Amount", kind: "number" },
  { key: "files", title: "Files", kind: "number", wideOnly: true },
];

export const INVOICE_STATE: Record<InvoiceSummary["status"], { word: string; tone: TagTone }> = {
  draft: { word: "Draft", tone: "draft" },
  open: { word: "Open", tone: "held" },
  paid: { word: "Paid", tone: "settled" },
  void: { word: "Void", tone: "draft" },
  uncollectible: { word: "Given up", tone: "lost" },
};

export function InvoiceLedger({ page, isFirstPage }: { page: InvoicePage; isFirstPage: boolean }) {
  return (
    <>
      <Ledger
        caption="Invoices"
        columns={INVOICE_COLUMNS}
        rows={page.invoices.map((invoice) => ({ key: invoice.id, cells: cellsOf(invoice) }))}
        empty={
          <EmptyState title="No invoice yet." heading="h3">
            Each payment for a plan gets one, with its lines, to read here or to keep as a PDF.
          </EmptyState>
        }
      />
      {(page.nextCursor || !isFirstPage) && (
        <Pager
          name="Invoices, pages"
          label={isFirstPage ? "The latest" : "Earlier ones"}
          {...(!isFirstPage && { previousHref: "/dashboard/billing" })}
          {...(page.nextCursor && { nextHref: `/dashboard/billing?cursor=${page.nextCursor}` })}
        />
      )}
    </>
  );
}

function cellsOf(invoice: InvoiceSummary) {
  const { id, number, family, createdAt, status, failure, total } = invoice;
  const { word, tone } = INVOICE_STATE[status];
  return {
    at: <time dateTime={createdAt.toISOString()}>{formatDay(createdAt)}</time>,
    what: (
      <>
        <Link
          href={`/dashboard/billing/invoices/${id}`}
          className="font-medium touch:inline-flex touch:min-h-11 touch:items-center"
        >
          {number ?? "Invoice"}
        </Link>
        <span className="block text-13 text-ink-faint">
          {family && FAMILY_WORDS[family].title}
          <span className="sm:hidden"> {formatDay(createdAt)}</span>
        </span>
      </>
    ),
    state: (
      <>
        <Tag tone={tone}>{word}</Tag>
        {failure && <span className="block text-13 text-ink-soft">{failure}</span>}
      </>
    ),
    amount: formatMoney(micros(total.micros)),
    files: <PdfLink id={id} name={number ?? id} />,
  };
}

export const PdfLink = ({ id, name }: { id: string; name: string }) => (
  <ButtonLink
    href={`/api/billing/invoices/${id}/pdf`}
    variant="quiet"
    size="small"
    download
    prefetch={false}
    aria-label={`PDF of ${name}`}
  >
    PDF
  </ButtonLink>
);
