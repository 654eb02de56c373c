import type { z } from "zod";
import { EmptyState } from "@/components/ui/empty-state";
import { Ledger } from "@/components/ui/ledger";
import { Pager } from "@/components/ui/pager";
import type { AuditEntry } from "@/lib/audit/schema";
import { days, earlier, formatAgo, formatDay, formatInstant } from "@/lib/time";
import { inWords } from "./audit-words";

const columns = [
  { key: "when", title: "Date", kind: "when" },
  { key: "what", title: "Entry" },
  { key: "who", title: "By", wideOnly: true },
] as const;

type EventsProps = {
  now: Date;
  entries: z.output<typeof AuditEntry>[];
  cursor: string | undefined;
  nextCursor: string | null;
};

export function Events({ now, entries, cursor, nextCursor }: EventsProps) {
  const rows = entries.map((entry) => {
    const { what, more } = inWords(entry);
    return {
      key: entry.id,
      cells: {
        when: (
          <time dateTime={entry.at.toISOString()} title={formatInstant(entry.at)}>
            {whenInWords(entry.at, now)}
          </time>
        ),
        what: (
          <>
            <b className="font-semibold">{what}</b> <span className="text-ink-soft max-sm:block">{more}</span>
          </>
        ),
        who: entry.actorName,
      },
    };
  });

  return (
    <>
      <Ledger
        caption="What happened"
        columns={[...columns]}
        rows={rows}
        empty={
          <EmptyState title="Nothing more is written here.">
            Every change to this account is an entry: who did it, when, and what it was before.
          </EmptyState>
        }
      />
      {(nextCursor || cursor) && (
        <Pager
          name="What happened, pages"
          label={cursor ? "Earlier entries" : "The latest entries"}
          previousHref={cursor ? "/dashboard" : undefined}
          nextHref={nextCursor ? `/dashboard?before=${nextCursor}` : undefined}
        />
      )}
    </>
  );
}

/** Within a day the hour matters; after that the date does. */
const whenInWords = (at: Date, now: Date) => (at > earlier(now, days(1)) ? formatAgo(at, now) : formatDay(at));
