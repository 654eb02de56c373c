import type { ReactNode } from "react";
import { toCount } from "@/components/brand/amounts";
import { Ledger } from "@/components/ui/ledger";
import { formatMoney, type Micros, micros } from "@/lib/money";
import type { Dispute, Refund } from "@/lib/payments/schema";
import { formatDay, formatInstant } from "@/lib/time";
import { TransferLink } from "../../../books/_components/links";
import { DisputeTag, RefundTag } from "../../_components/state-tags";

type RefundRow = {
  id: string;
  state: Refund["status"];
  amount: Micros;
  credits: number;
  bonusCredits: number;
  reason: string;
  createdAt: Date;
  transferId: string;
  undoneBy: string | null;
};

export const RefundLedger = ({ refunds }: { refunds: readonly RefundRow[] }) => (
  <AftermathLedger
    caption="Refunds"
    took="Credits"
    empty="Nothing was paid back."
    rows={refunds.map((row) => ({
      ...row,
      transfers: [row.transferId, row.undoneBy],
      tag: <RefundTag state={row.state} />,
      took: row.bonusCredits > 0 ? `${toCount(row.credits)} + ${toCount(row.bonusCredits)}` : toCount(row.credits),
    }))}
  />
);

type DisputeRow = {
  id: string;
  state: Dispute["status"];
  amount: Micros;
  reason: string;
  owed: number;
  dueAt: Date | null;
  createdAt: Date;
  openedBy: string | null;
  closedBy: string | null;
};

type DisputeLedgerProps = { disputes: readonly DisputeRow[]; purpose: "credits" | "wallet" };

export const DisputeLedger = ({ disputes, purpose }: DisputeLedgerProps) => (
  <AftermathLedger
    caption="Disputes"
    took="Left owed"
    empty="No bank has disputed it."
    rows={disputes.map((row) => ({
      ...row,
      until: row.state === "open" ? row.dueAt : null,
      transfers: [row.openedBy, row.closedBy],
      tag: <DisputeTag state={row.state} />,
      took: purpose === "credits" ? toCount(row.owed) : formatMoney(micros(row.owed)),
    }))}
  />
);

/** One thing that befell a payment after it was made. */
type Aftermath = {
  id: string;
  createdAt: Date;
  reason: string;
  /** Evidence may be sent until then. */
  until?: Date | null;
  transfers: (string | null)[];
  tag: ReactNode;
  took: string;
  amount: Micros;
};

type AftermathLedgerProps = { caption: string; took: string; empty: string; rows: Aftermath[] };

const AftermathLedger = ({ caption, took, empty, rows }: AftermathLedgerProps) => (
  <Ledger
    caption={caption}
    columns={[
      { key: "when", title: "Date", kind: "when", wideOnly: true },
      { key: "what", title: "Why" },
      { key: "state", title: "State", kind: "when" },
      { key: "took", title: took, kind: "number", wideOnly: true },
      { key: "amount", title: "Amount", kind: "number" },
    ]}
    rows={rows.map((row) => ({
      key: row.id,
      cells: {
        when: formatInstant(row.createdAt),
        what: (
          <span className="grid">
            {row.reason.replaceAll("_", " ")}
            {row.until && `, evidence until ${formatDay(row.until)}`}
            {row.transfers.map((id) => id && <TransferLink key={id} id={id} />)}
          </span>
        ),
        state: row.tag,
        took: row.took,
        amount: formatMoney(row.amount),
      },
    }))}
    empty={<p className="border-t border-ink pt-3 text-ink-soft">{empty}</p>}
  />
);
