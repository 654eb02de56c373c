import { Ledger } from "@/components/ui/ledger";
import { formatAmount, type Trial } from "@/lib/books/rules";
import { PotLink } from "./links";

export function TrialLedger({ caption, trial: { lines, debit, credit, asset } }: { caption: string; trial: Trial }) {
  const shown = (amount: number) => formatAmount(asset === "usd" ? "stripe" : "burned", amount);
  return (
    <Ledger
      caption={caption}
      columns={[
        { key: "pot", title: caption },
        { key: "debit", title: "Debit", kind: "number" },
        { key: "credit", title: "Credit", kind: "number" },
      ]}
      rows={lines.map((line) => ({
        key: line.pot,
        cells: {
          pot: <PotLink pot={line.pot} />,
          debit: line.debit > 0 ? shown(line.debit) : "",
          credit: line.credit > 0 ? shown(line.credit) : "",
        },
      }))}
      total={{
        pot: debit === credit ? "Both sides alike" : "The sides differ",
        debit: shown(debit),
        credit: shown(credit),
      }}
      empty={<p className="border-t border-ink pt-3 text-ink-soft">Nothing has moved yet.</p>}
    />
  );
}
