import type { ReactNode } from "react";
import { type Column, Ledger } from "@/components/ui/ledger";
import { Tag } from "@/components/ui/tag";
import type { LinkRow } from "./link-row";
import { RevokeLink } from "./revoke-link";

const COLUMNS: Column<"link" | "ends" | "state" | "act">[] = [
  { key: "link", title: "Link" },
  { key: "ends", title: "Works until", wideOnly: true },
  { key: "state", title: "State", kind: "when" },
  { key: "act", title: "Actions", kind: "number" },
];

type LinkLedgerProps = { roomId: `room_${string}`; rows: LinkRow[]; mayRevoke: boolean; empty: ReactNode };

export const LinkLedger = ({ roomId, rows, mayRevoke, empty }: LinkLedgerProps) => (
  <Ledger
    caption="Guest links"
    columns={COLUMNS}
    empty={empty}
    rows={rows.map((row) => ({
      key: row.id,
      cells: {
        link: (
          <span className="grid gap-0.5">
            <span className="font-semibold">{row.label}</span>
            <span className="text-13 text-ink-faint">{row.grants}</span>
          </span>
        ),
        ends: <span className="text-ink-soft">{row.ends}</span>,
        state: <Tag tone={row.state.tone}>{row.state.word}</Tag>,
        act: row.isLive && mayRevoke && <RevokeLink roomId={roomId} row={row} />,
      },
    }))}
  />
);
