import { PageSection } from "@/app/(app)/_components/page-head";
import { type Column, Ledger } from "@/components/ui/ledger";
import { Pager } from "@/components/ui/pager";
import type { KeyRow } from "./key-row";

const COLUMNS: Column<"key" | "used" | "ended">[] = [
  { key: "key", title: "Key" },
  { key: "used", title: "Last used", kind: "when", wideOnly: true },
  { key: "ended", title: "Revoked", kind: "when" },
];

/** Keys that are good for nothing any more, kept so that an old log line can be understood. */
export function RevokedKeys({ rows, nextHref }: { rows: KeyRow[]; nextHref: string | undefined }) {
  return (
    <PageSection title="Revoked">
      <Ledger
        caption="Revoked API keys"
        columns={COLUMNS}
        rows={rows.map((row) => ({
          key: row.id,
          cells: {
            key: (
              <span className="text-ink-soft">
                {row.name} <span className="block font-mono text-13">{row.masked}</span>
              </span>
            ),
            used: row.lastUsed,
            ended: row.ends,
          },
        }))}
      />
      {nextHref && <Pager name="Revoked keys, pages" label={`${rows.length} shown`} nextHref={nextHref} />}
    </PageSection>
  );
}
