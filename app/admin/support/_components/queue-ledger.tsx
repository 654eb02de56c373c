import Link from "next/link";
import type { ReactNode } from "react";
import { RequestTag } from "@/components/support/request-tag";
import { type Column, Ledger } from "@/components/ui/ledger";
import type { QueueRow } from "./queue-row";

const COLUMNS: Column<"subject" | "level" | "when" | "state">[] = [
  { key: "subject", title: "Request" },
  { key: "level", title: "Level", kind: "when", wideOnly: true },
  { key: "when", title: "Since", kind: "when", wideOnly: true },
  { key: "state", title: "State", kind: "when" },
];

export const QueueLedger = ({ rows, empty }: { rows: QueueRow[]; empty: ReactNode }) => (
  <Ledger
    caption="Support requests"
    columns={COLUMNS}
    empty={empty}
    rows={rows.map((row) => ({
      key: row.id,
      cells: {
        subject: (
          <>
            <Link
              href={`/admin/support/${row.id}`}
              className="font-semibold touch:inline-flex touch:min-h-8 touch:items-center"
            >
              {row.subject}
            </Link>
            <span className="block text-13 text-ink-faint">{row.who}</span>
            <span className="block text-13 text-ink-faint sm:hidden">
              {row.level}, {row.when}
            </span>
          </>
        ),
        level: row.level,
        when: row.when,
        state: <RequestTag state={row.state} waitsFor="you" />,
      },
    }))}
  />
);
