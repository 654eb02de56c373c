import Link from "next/link";
import type { ReactNode } from "react";
import { type Column, Ledger } from "@/components/ui/ledger";
import { Tag } from "@/components/ui/tag";
import type { DeliveryRow } from "./delivery-row";

const COLUMNS: Column<"event" | "came" | "attempts" | "state">[] = [
  { key: "event", title: "Event" },
  { key: "came", title: "Answer", wideOnly: true },
  { key: "attempts", title: "Attempts", kind: "when", wideOnly: true },
  { key: "state", title: "State", kind: "when" },
];

type DeliveryLedgerProps = { endpointId: string; rows: DeliveryRow[]; empty: ReactNode };

export const DeliveryLedger = ({ endpointId, rows, empty }: DeliveryLedgerProps) => (
  <Ledger
    caption="Deliveries"
    columns={COLUMNS}
    empty={empty}
    rows={rows.map((row) => ({
      key: row.eventId,
      cells: {
        event: (
          <>
            <Link
              href={`/dashboard/webhooks/${endpointId}/${row.eventId}`}
              className="font-mono text-13 font-medium touch:inline-flex touch:min-h-8 touch:items-center"
            >
              {row.type}
            </Link>
            <span className="block text-13 text-ink-faint">{row.happened}</span>
            <span className="block text-13 text-ink-soft sm:hidden">{row.came}</span>
          </>
        ),
        came: <span className="text-ink-soft">{row.came}</span>,
        attempts: (
          <>
            {row.attempts}
            {row.next && <span className="block">{row.next}</span>}
          </>
        ),
        state: <Tag tone={row.state.tone}>{row.state.word}</Tag>,
      },
    }))}
  />
);
