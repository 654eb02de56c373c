import Link from "next/link";
import type { ReactNode } from "react";
import { type Column, Ledger } from "@/components/ui/ledger";
import { Tag } from "@/components/ui/tag";
import type { EndpointRow } from "./endpoint-row";

const COLUMNS: Column<"endpoint" | "hears" | "state">[] = [
  { key: "endpoint", title: "Endpoint" },
  { key: "hears", title: "Hears of", wideOnly: true },
  { key: "state", title: "State", kind: "when" },
];

export const EndpointLedger = ({ rows, empty }: { rows: EndpointRow[]; empty: ReactNode }) => (
  <Ledger
    caption="Webhook endpoints"
    className="mt-7 sm:mt-10"
    columns={COLUMNS}
    empty={empty}
    rows={rows.map((row) => ({
      key: row.id,
      cells: {
        endpoint: (
          <span className="grid min-w-0 gap-0.5">
            <Link href={`/dashboard/webhooks/${row.id}`} className="font-semibold [overflow-wrap:anywhere] touch:py-2">
              {row.description || row.url}
            </Link>
            {row.description && (
              <span className="font-mono text-13 text-ink-soft [overflow-wrap:anywhere]">{row.url}</span>
            )}
          </span>
        ),
        hears: <span className="text-ink-soft">{row.hears}</span>,
        state: <Tag tone={row.state.tone}>{row.state.word}</Tag>,
      },
    }))}
  />
);
