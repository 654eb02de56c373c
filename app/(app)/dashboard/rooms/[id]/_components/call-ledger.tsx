import Link from "next/link";
import type { ReactNode } from "react";
import { type Column, Ledger } from "@/components/ui/ledger";
import { Tag } from "@/components/ui/tag";
import type { Meeting } from "@/lib/rooms/schema";
import { formatClock, formatInstant, seconds } from "@/lib/time";

const COLUMNS: Column<"began" | "most" | "lasted" | "counts">[] = [
  { key: "began", title: "Began" },
  { key: "most", title: "Most at once", kind: "number", wideOnly: true },
  { key: "lasted", title: "Lasted", kind: "number", wideOnly: true },
  { key: "counts", title: "Counts", kind: "number" },
];

type CallLedgerProps = { roomId: string; meetings: Meeting[]; now: Date; empty: ReactNode };

/** Calls, newest first. What counts is the time with two or more; the rest was free. */
export const CallLedger = ({ roomId, meetings, now, empty }: CallLedgerProps) => (
  <Ledger
    caption="Calls"
    columns={COLUMNS}
    empty={empty}
    rows={meetings.map(({ id, startedAt, endedAt, mostAtOnce, roomSeconds }) => ({
      key: id,
      cells: {
        began: (
          <span className="flex flex-wrap items-center gap-x-3">
            <Link href={`/dashboard/rooms/${roomId}/${id}`} className="touch:py-2">
              {formatInstant(startedAt)}
            </Link>
            {!endedAt && <Tag tone="live">Now</Tag>}
          </span>
        ),
        most: mostAtOnce,
        lasted: formatClock((endedAt ?? now).getTime() - startedAt.getTime()),
        counts: formatClock(seconds(roomSeconds)),
      },
    }))}
  />
);
