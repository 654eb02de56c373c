import Link from "next/link";
import { toCount } from "@/components/brand/amounts";
import { Ledger } from "@/components/ui/ledger";
import { Tag } from "@/components/ui/tag";
import { allChecks } from "@/lib/books/all-checks";
import type { CheckResult } from "@/lib/db/schema/books";

const COLUMNS = [
  { key: "state", title: "State", kind: "when" },
  { key: "says", title: "Promise" },
  { key: "found", title: "Found", kind: "number" },
  { key: "took", title: "Took", kind: "number", wideOnly: true },
] as const;

/** Every promise of the books with what its last check found, and the first row that breaks it. */
export function CheckLedger({ results }: { results: readonly CheckResult[] }) {
  const found = new Map(results.map((result) => [result.name, result]));
  return (
    <Ledger
      caption="Promises of the books"
      columns={[...COLUMNS]}
      rows={allChecks.map(({ name, says }) => {
        const result = found.get(name);
        return {
          key: name,
          cells: {
            state: <State result={result} />,
            says: (
              <>
                {says}
                {result?.first && <Offender what={result.first} />}
              </>
            ),
            found: result ? toCount(result.violations) : "",
            took: result ? `${toCount(result.tookMs)} ms` : "",
          },
        };
      })}
    />
  );
}

function State({ result }: { result: CheckResult | undefined }) {
  if (!result) return <Tag tone="draft">Not checked</Tag>;
  return result.violations === 0 ? <Tag tone="settled">Holds</Tag> : <Tag tone="lost">Broken</Tag>;
}

const PAGES: Record<string, string> = {
  transfer: "/admin/books/transfers",
  account: "/admin/books/accounts",
  payment: "/admin/payments",
};

/** Leads to the transfer, the account or the payment that the sentence names. */
function Offender({ what }: { what: string }) {
  const [named, kind] = /(transfer|account|payment)_[0-9a-z]+/.exec(what) ?? [];
  const href = named && `${PAGES[kind ?? ""]}/${named}`;
  return (
    <span className="block font-mono text-12 text-danger [overflow-wrap:anywhere]">
      {what} {href && <Link href={href}>Look at it</Link>}
    </span>
  );
}
