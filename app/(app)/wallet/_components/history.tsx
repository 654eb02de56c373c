import Link from "next/link";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Ledger } from "@/components/ui/ledger";
import { Pager } from "@/components/ui/pager";
import { TabLinks } from "@/components/ui/tabs";
import { formatDay } from "@/lib/time";
import { MOVEMENT_KINDS, type Movement, type MovementPage } from "@/lib/wallet/schema";
import type { Asked } from "./asked";
import { HistoryFilter } from "./history-filter";
import { MOVEMENT_COLUMNS } from "./movement-columns";
import { inDollars, KIND_WORDS } from "./wallet-words";

type HistoryProps = { page: MovementPage; asked: Asked; wrong: string | undefined };

/** What came and went, each row to its receipt. */
export function History({ page, asked, wrong }: HistoryProps) {
  const { cursor, ...filter } = asked;
  const isFiltered = Object.keys(filter).length > 0;
  if (page.transactions.length === 0 && !isFiltered && !wrong)
    return (
      <EmptyState title="Nothing moved yet." heading="h3">
        Add money, and it stands here a moment later, with its receipt.
      </EmptyState>
    );
  const next = page.nextCursor && hrefOf({ ...filter, cursor: page.nextCursor });
  return (
    <>
      <TabLinks
        label="Which movements"
        current={asked.kind ?? ""}
        tabs={["", ...MOVEMENT_KINDS].map((value) => ({
          ...{ value, label: value === "" ? "Everything" : KIND_WORDS[value as Movement["kind"]] }, // all but the first are kinds
          href: hrefOf({ ...filter, kind: value }),
        }))}
      />
      <HistoryFilter asked={asked} wrong={wrong} />
      <Ledger
        caption="History"
        columns={MOVEMENT_COLUMNS}
        empty={
          <EmptyState title="Nothing like that." heading="h3" action={showAll}>
            No movement of this kind, in these days, with these words.
          </EmptyState>
        }
        rows={page.transactions.map((movement) => ({ key: movement.id, cells: cellsOf(movement) }))}
      />
      {(next || cursor) && (
        <Pager
          name="History, pages"
          label={`${page.transactions.length} shown`}
          {...(cursor && { previousHref: hrefOf(filter) })}
          {...(next && { nextHref: next })}
        />
      )}
    </>
  );
}

const showAll = (
  <ButtonLink href="/wallet" variant="line">
    Show everything
  </ButtonLink>
);

const cellsOf = ({ id, at, title, kind, money, balanceAfter }: Movement) => ({
  at: formatDay(at),
  entry: (
    <>
      <Link href={`/receipts/${id}`} className="font-semibold touch:inline-flex touch:min-h-8 touch:items-center">
        {title}
      </Link>
      <span className="block text-13 text-ink-faint sm:hidden">{formatDay(at)}</span>
    </>
  ),
  balance: <span className="text-ink-soft">{inDollars(balanceAfter)}</span>,
  amount: (
    <span className={kind !== "spending" && money.micros > 0 ? "text-book" : undefined}>
      {money.micros > 0 ? "+" : ""}
      {inDollars(money)}
    </span>
  ),
});

function hrefOf(asked: Record<string, string | undefined>): string {
  const given = Object.entries(asked).filter((one): one is [string, string] => Boolean(one[1]));
  return given.length > 0 ? `/wallet?${new URLSearchParams(given)}` : "/wallet";
}
