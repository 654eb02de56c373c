import Link from "next/link";
import type { ReactNode } from "react";
import { RequestTag } from "@/components/support/request-tag";
import { EmptyState } from "@/components/ui/empty-state";
import { type Column, Ledger } from "@/components/ui/ledger";
import type { RequestState } from "@/lib/support/schema";

const COLUMNS: Column<"subject" | "updated" | "state">[] = [
  { key: "subject", title: "Request" },
  { key: "updated", title: "Last word", kind: "when", wideOnly: true },
  { key: "state", title: "State", kind: "when" },
];

type Row = { id: string; subject: string; state: RequestState; updated: string };

export const RequestLedger = ({ rows, ask }: { rows: Row[]; ask: ReactNode }) => (
  <Ledger
    caption="Requests"
    className="mt-7 sm:mt-10"
    columns={COLUMNS}
    empty={
      <EmptyState title="You asked nothing yet." action={ask} className="mt-7 sm:mt-10">
        Say what you did, what you saw, and what you expected. A request id from an error page finds the rest.
      </EmptyState>
    }
    rows={rows.map(({ id, subject, state, updated }) => ({
      key: id,
      cells: {
        subject: (
          <>
            <Link href={`/support/${id}`} className="font-semibold touch:inline-flex touch:min-h-8 touch:items-center">
              {subject}
            </Link>
            <span className="block text-13 text-ink-faint sm:hidden">{updated}</span>
          </>
        ),
        updated,
        state: <RequestTag state={state} waitsFor="staff" />,
      },
    }))}
  />
);
