import { Ledger } from "@/components/ui/ledger";
import { formatAmount } from "@/lib/books/rules";
import { formatMoney, micros } from "@/lib/money";
import type { AccountPot, LotKind } from "@/lib/pots";
import { formatDay } from "@/lib/time";
import { TransferLink } from "./links";

type Lot = {
  id: string;
  pot: AccountPot;
  kind: LotKind;
  amount: number;
  remaining: number;
  gone: number;
  price: number;
  transferId: string;
  expiresAt: Date | null;
};

const KINDS: Record<LotKind, string> = { promotional: "Promotional", bonus: "Bonus", paid: "Paid" };

export function LotLedger({ lots }: { lots: readonly Lot[] }) {
  return (
    <Ledger
      caption="Lots"
      columns={[
        { key: "kind", title: "Lot" },
        { key: "ends", title: "Ends", kind: "when", wideOnly: true },
        { key: "price", title: "Price", kind: "number", wideOnly: true },
        { key: "amount", title: "Came in", kind: "number", wideOnly: true },
        { key: "held", title: "Held", kind: "number", wideOnly: true },
        { key: "left", title: "Left", kind: "number" },
      ]}
      rows={lots.map((lot) => ({
        key: lot.id,
        cells: {
          kind: (
            <span className="grid">
              {KINDS[lot.kind]}
              <TransferLink id={lot.transferId} />
            </span>
          ),
          ends: lot.expiresAt ? formatDay(lot.expiresAt) : "never",
          price: lot.price > 0 ? formatMoney(micros(lot.price)) : "",
          amount: formatAmount(lot.pot, lot.amount),
          held: formatAmount(lot.pot, lot.amount - lot.remaining - lot.gone),
          left: formatAmount(lot.pot, lot.remaining),
        },
      }))}
    />
  );
}
