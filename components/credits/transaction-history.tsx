import Link from "next/link";
import { toCount } from "@/components/brand/amounts";
import { ButtonLink } from "@/components/ui/button-link";
import { cx } from "@/components/ui/cx";
import { EmptyState } from "@/components/ui/empty-state";
import { type Column, Ledger } from "@/components/ui/ledger";
import { Pager } from "@/components/ui/pager";
import type { Transaction } from "@/lib/credits/schema";
import { formatInstant } from "@/lib/time";
import { type Filters, HistoryFilters } from "./history-filters";

type TransactionHistoryProps = {
  transactions: Transaction[];
  filters: Filters;
  /** The query of the filters alone, for the file and the next page. */
  query: string;
  nextCursor: string | null;
  isFirstPage: boolean;
};

const COLUMNS: Column<"at" | "what" | "amount" | "balance">[] = [
  { key: "at", title: "Date", kind: "when", wideOnly: true },
  { key: "what", title: "Entry" },
  { key: "amount", title: "Credits", kind: "number" },
  { key: "balance", title: "Balance", kind: "number" },
];

/** The same lines as a file for spreadsheets. */
export const ExportHistory = ({ query }: { query: string }) => (
  <ButtonLink href={`/api/credits/export?${query}`} variant="line" download prefetch={false}>
    Export CSV
  </ButtonLink>
);

/** What came and went, newest first, with filters. */
export function TransactionHistory({ transactions, filters, query, nextCursor, isFirstPage }: TransactionHistoryProps) {
  const isFiltered = query !== "";
  const page = (cursor: string) =>
    `/credits?${new URLSearchParams([...new URLSearchParams(query), ["cursor", cursor]])}`;
  return (
    <div className="grid gap-5">
      <HistoryFilters filters={filters} />
      <Ledger
        caption="Credits, what came and went"
        columns={COLUMNS}
        rows={transactions.map((one) => ({ key: one.id, cells: cellsOf(one) }))}
        empty={<Nothing isFiltered={isFiltered} />}
      />
      {(nextCursor || !isFirstPage) && (
        <Pager
          name="History, pages"
          label={isFirstPage ? "The latest" : "Earlier ones"}
          {...(!isFirstPage && { previousHref: `/credits?${query}` })}
          {...(nextCursor && { nextHref: page(nextCursor) })}
        />
      )}
    </div>
  );
}

const cellsOf = ({ id, at, title, amount, balanceAfter }: Transaction) => ({
  at: <time dateTime={at.toISOString()}>{formatInstant(at)}</time>,
  what: (
    <>
      <Link href={`/receipts/${id}`} className="font-medium touch:inline-flex touch:min-h-11 touch:items-center">
        {title}
      </Link>
      <span className="block text-13 text-ink-faint sm:hidden">{formatInstant(at)}</span>
    </>
  ),
  amount: <span className={cx(amount > 0 && "text-book")}>{signed(amount)}</span>,
  balance: toCount(balanceAfter),
});

const signed = (amount: number): string => (amount > 0 ? `+${toCount(amount)}` : `\u2212${toCount(-amount)}`);

const Nothing = ({ isFiltered }: { isFiltered: boolean }) =>
  isFiltered ? (
    <EmptyState title="Nothing fits these filters." heading="h3">
      <Link href="/credits">Show everything</Link>
    </EmptyState>
  ) : (
    <EmptyState title="Nothing came or went yet." heading="h3">
      Each purchase, each video and each refund gets a line here, with its receipt.
    </EmptyState>
  );
