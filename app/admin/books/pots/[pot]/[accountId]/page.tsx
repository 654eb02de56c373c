import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Pager } from "@/components/ui/pager";
import { Stat } from "@/components/ui/stat";
import { readAccountPot } from "@/lib/books/queries";
import { formatAmount, isAccountPot, potInWords } from "@/lib/books/rules";
import { orNotFound, staffCtx } from "@/lib/http/page";
import { isId } from "@/lib/ids";
import { formatInstant } from "@/lib/time";
import { AdminHead, AdminSection } from "../../../../_components/admin-head";
import { HistoryLedger } from "../../../_components/history-ledger";
import { AccountLink } from "../../../_components/links";
import { LotLedger } from "../../../_components/lot-ledger";

export const metadata: Metadata = { title: "Pot" };

type Props = {
  params: Promise<{ pot: string; accountId: string }>;
  searchParams: Promise<{ before?: string | string[] }>;
};

export default async function AccountPotPage({ params, searchParams }: Props) {
  const [ctx, { pot, accountId }, { before }] = await Promise.all([staffCtx(), params, searchParams]);
  if (!isAccountPot(pot) || !isId("account", accountId)) notFound();
  const version = Number(before);
  const page = Number.isSafeInteger(version) && version > 0 ? { before: version } : {};
  const found = await orNotFound(readAccountPot(ctx, { account: accountId, pot, ...page }));
  const last = found.history.at(-1)?.version;

  return (
    <>
      <AdminHead title={potInWords(pot)}>
        Of <AccountLink id={accountId} name={found.name} />
        {found.pot.frozenAt && <>. Frozen since {formatInstant(found.pot.frozenAt)}</>}
      </AdminHead>
      <Stat className="mt-4" label="Balance" value={formatAmount(pot, found.pot.balance)} size={39} />
      {found.lots.length > 0 && (
        <AdminSection title="Lots, in the order they are used up">
          <LotLedger lots={found.lots} />
        </AdminSection>
      )}
      <AdminSection title="Entries">
        <HistoryLedger caption="Entries" pot={pot} rows={found.history} />
        {(page.before || found.hasMore) && (
          <Pager
            label={page.before ? "Earlier entries" : "The latest entries"}
            previousHref={page.before ? `/admin/books/pots/${pot}/${accountId}` : undefined}
            nextHref={found.hasMore ? `?before=${last}` : undefined}
          />
        )}
      </AdminSection>
    </>
  );
}
