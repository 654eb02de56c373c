import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Ledger } from "@/components/ui/ledger";
import { Pager } from "@/components/ui/pager";
import { Tag } from "@/components/ui/tag";
import { listHolders, readHousePot } from "@/lib/books/queries";
import { formatAmount, isAccountPot, isHousePot, potInWords } from "@/lib/books/rules";
import type { Ctx } from "@/lib/ctx";
import { staffCtx } from "@/lib/http/page";
import { isId } from "@/lib/ids";
import type { AccountPot, HousePot } from "@/lib/pots";
import { AdminHead } from "../../../_components/admin-head";
import { HistoryLedger } from "../../_components/history-ledger";
import { AccountLink, PotLink } from "../../_components/links";

type Props = { params: Promise<{ pot: string }>; searchParams: Promise<{ before?: string | string[] }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { pot } = await params;
  return { title: isHousePot(pot) || isAccountPot(pot) ? potInWords(pot) : "Not found" };
}

export default async function PotPage({ params, searchParams }: Props) {
  const [ctx, { pot }, { before }] = await Promise.all([staffCtx(), params, searchParams]);
  if (isHousePot(pot))
    return <HousePotPage ctx={ctx} pot={pot} before={isId("transfer", before) ? before : undefined} />;
  if (isAccountPot(pot)) return <HoldersPage ctx={ctx} pot={pot} />;
  notFound();
}

type HousePotPageProps = { ctx: Ctx; pot: HousePot; before: `transfer_${string}` | undefined };

async function HousePotPage({ ctx, pot, before }: HousePotPageProps) {
  const { history, hasMore } = await readHousePot(ctx, { pot, ...(before && { before }) });
  const last = history.at(-1)?.transferId;
  return (
    <>
      <AdminHead title={potInWords(pot)}>
        A pot of the house, called <code className="font-mono">{pot}</code>. It only gathers entries.
      </AdminHead>
      <div className="mt-5">
        <HistoryLedger caption={potInWords(pot)} pot={pot} rows={history} withBalance={false} />
        {(before || hasMore) && (
          <Pager
            label={before ? "Earlier entries" : "The latest entries"}
            previousHref={before ? `/admin/books/pots/${pot}` : undefined}
            nextHref={hasMore && last ? `?before=${last}` : undefined}
          />
        )}
      </div>
    </>
  );
}

async function HoldersPage({ ctx, pot }: { ctx: Ctx; pot: AccountPot }) {
  const holders = await listHolders(ctx, pot);
  return (
    <>
      <AdminHead title={potInWords(pot)}>The accounts that have the most of it.</AdminHead>
      <Ledger
        caption={potInWords(pot)}
        className="mt-5"
        columns={[
          { key: "account", title: "Account" },
          { key: "pot", title: "Entries", wideOnly: true },
          { key: "balance", title: "Balance", kind: "number" },
        ]}
        rows={holders.map(({ account, name, balance, frozenAt }) => ({
          key: account,
          cells: {
            account: (
              <span className="flex flex-wrap items-baseline gap-x-2.5">
                <AccountLink id={account} name={name} />
                {frozenAt && <Tag tone="held">Frozen</Tag>}
              </span>
            ),
            pot: <PotLink pot={pot} account={account} />,
            balance: formatAmount(pot, balance),
          },
        }))}
        empty={<p className="mt-5 border-t border-ink pt-3 text-ink-soft">Nobody has any yet.</p>}
      />
    </>
  );
}
