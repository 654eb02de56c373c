import { Ledger } from "@/components/ui/ledger";
import { formatAmount } from "@/lib/books/rules";
import type { AccountPot, HousePot } from "@/lib/pots";
import { formatInstant } from "@/lib/time";
import { Moved, TransferLink } from "./links";

type Movement = {
  transferId: string;
  kind: string;
  cause: string;
  effectiveAt: Date;
  amount: number;
  balanceAfter?: number | null;
};

type HistoryLedgerProps = { caption: string; pot: AccountPot | HousePot; rows: Movement[]; withBalance?: boolean };

/** What moved in and out of one pot, each line with the transfer that did it. */
export function HistoryLedger({ caption, pot, rows, withBalance = true }: HistoryLedgerProps) {
  return (
    <Ledger
      caption={caption}
      columns={[
        { key: "when", title: "Date", kind: "when", wideOnly: true },
        { key: "what", title: "Entry" },
        { key: "amount", title: "Amount", kind: "number" },
        ...(withBalance ? [{ key: "after" as const, title: "Balance", kind: "number" as const }] : []),
      ]}
      rows={rows.map((row) => ({
        key: row.transferId,
        cells: {
          when: <time dateTime={row.effectiveAt.toISOString()}>{formatInstant(row.effectiveAt)}</time>,
          what: (
            <span className="grid">
              <b className="font-semibold">{row.kind}</b>
              <TransferLink id={row.transferId} />
              <span className="text-12 text-ink-faint [overflow-wrap:anywhere]">{row.cause}</span>
              <time className="text-12 text-ink-faint sm:hidden">{formatInstant(row.effectiveAt)}</time>
            </span>
          ),
          amount: <Moved pot={pot} amount={row.amount} />,
          after: row.balanceAfter === undefined || row.balanceAfter === null ? "" : formatAmount(pot, row.balanceAfter),
        },
      }))}
      empty={<p className="border-t border-ink pt-3 text-ink-soft">Nothing has moved here yet.</p>}
    />
  );
}
