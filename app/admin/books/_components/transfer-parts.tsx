import { Ledger } from "@/components/ui/ledger";
import type { AccountPot, LotKind } from "@/lib/pots";
import { formatInstant } from "@/lib/time";
import { Moved, TransferLink } from "./links";

type Taken = {
  turn: number;
  amount: number;
  returnsId: string | null;
  lot: { pot: AccountPot; kind: LotKind; transferId: string };
};

/** Which lots a transfer took from or gave back to, in its own order. */
export const TakenLedger = ({ taken }: { taken: readonly Taken[] }) => (
  <Ledger
    caption="Lots that were touched"
    columns={[
      { key: "turn", title: "Turn", kind: "when" },
      { key: "lot", title: "Lot" },
      { key: "amount", title: "Amount", kind: "number" },
    ]}
    rows={taken.map(({ turn, lot, amount, returnsId }) => ({
      key: String(turn),
      cells: {
        turn,
        lot: (
          <span className="grid">
            {returnsId ? `Given back to a ${lot.kind} lot` : `A ${lot.kind} lot`}
            <TransferLink id={lot.transferId} />
          </span>
        ),
        amount: <Moved pot={lot.pot} amount={amount} />,
      },
    }))}
  />
);

type Act = { id: string; at: Date; action: string; target: string };

export const AuditLedger = ({ rows }: { rows: readonly Act[] }) => (
  <Ledger
    caption="Audit rows of the request"
    columns={[
      { key: "at", title: "Date", kind: "when" },
      { key: "act", title: "Entry" },
    ]}
    rows={rows.map(({ id, at, action, target }) => ({
      key: id,
      cells: {
        at: formatInstant(at),
        act: (
          <>
            <b className="font-semibold">{action}</b> <span className="text-12 text-ink-faint">{target}</span>
          </>
        ),
      },
    }))}
    empty={<p className="border-t border-ink pt-3 text-ink-soft">Nothing else that is written in the audit log.</p>}
  />
);
