import { Lock, Users } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button-link";
import { type Column, Ledger } from "@/components/ui/ledger";
import { Tag } from "@/components/ui/tag";
import { Inside } from "./inside";
import type { RoomRow } from "./room-row";

const OPEN: Column<"room" | "inside" | "seats" | "join">[] = [
  { key: "room", title: "Room" },
  { key: "inside", title: "Inside" },
  { key: "seats", title: "Seats", kind: "number", wideOnly: true },
  { key: "join", title: "Actions", kind: "number" },
];

const CLOSED: Column<"room" | "kind" | "when">[] = [
  { key: "room", title: "Room" },
  { key: "kind", title: "Kind", wideOnly: true },
  { key: "when", title: "Deleted", kind: "when" },
];

type LedgerProps = { rows: RoomRow[]; empty: ReactNode };

export const RoomLedger = ({ rows, empty }: LedgerProps) => (
  <Ledger
    caption="Open rooms"
    className="mt-2"
    columns={OPEN}
    empty={empty}
    rows={rows.map((row) => ({
      key: row.id,
      cells: {
        room: <RoomName row={row} />,
        inside: <Inside people={row.inside} />,
        seats: row.seats,
        join: (
          <ButtonLink href={`/call/${row.id}`} variant="line" size="small" aria-label={`Join ${row.name}`}>
            Join
          </ButtonLink>
        ),
      },
    }))}
  />
);

export const ClosedLedger = ({ rows, empty }: LedgerProps) => (
  <Ledger
    caption="Deleted rooms"
    className="mt-2"
    columns={CLOSED}
    empty={empty}
    rows={rows.map((row) => ({
      key: row.id,
      cells: { room: <RoomName row={row} />, kind: row.kind, when: row.when },
    }))}
  />
);

const RoomName = ({ row }: { row: RoomRow }) => (
  <span className="grid min-w-0 gap-1">
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Link href={`/dashboard/rooms/${row.id}`} className="font-semibold touch:py-2">
        {row.name}
      </Link>
      {row.inside.length > 0 && <Tag tone="live">{row.inside.length > 1 ? "In a call" : "Somebody waits"}</Tag>}
    </span>
    <span className="flex flex-wrap items-center gap-x-3 text-13 text-ink-faint [&_svg]:mr-1 [&_svg]:inline [&_svg]:size-3.5 [&_svg]:align-[-2px]">
      {row.kind}
      {row.locked && (
        <span>
          <Lock aria-hidden="true" strokeWidth={1.6} />
          Locked
        </span>
      )}
      {row.waitingRoom && (
        <span>
          <Users aria-hidden="true" strokeWidth={1.6} />
          Waiting room
        </span>
      )}
    </span>
  </span>
);
