import { type Column, Ledger } from "@/components/ui/ledger";
import { formatClock } from "@/lib/time";
import type { Step } from "./timeline";

const COLUMNS: Column<"into" | "what">[] = [
  { key: "into", title: "At", kind: "when" },
  { key: "what", title: "What happened" },
];

export const StepLedger = ({ steps, startedAt }: { steps: Step[]; startedAt: Date }) => (
  <Ledger
    caption="What happened"
    columns={COLUMNS}
    rows={steps.map(({ key, at, who, what }) => ({
      key,
      cells: {
        into: <time dateTime={at.toISOString()}>{formatClock(at.getTime() - startedAt.getTime())}</time>,
        what: (
          <>
            {who && <b className="font-semibold">{who} </b>}
            {what}
          </>
        ),
      },
    }))}
  />
);
