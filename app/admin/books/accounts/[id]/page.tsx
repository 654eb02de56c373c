import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Ledger } from "@/components/ui/ledger";
import { readAccount } from "@/lib/books/queries";
import { formatAmount, isAccountPot } from "@/lib/books/rules";
import { orNotFound, staffCtx } from "@/lib/http/page";
import { isId } from "@/lib/ids";
import { formatInstant } from "@/lib/time";
import { AdminHead, AdminSection } from "../../../_components/admin-head";
import { AsOf } from "../../_components/as-of";
import { readDay } from "../../_components/as-of-day";
import { PotLink, TransferLink } from "../../_components/links";

export const metadata: Metadata = { title: "Account" };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ day?: string | string[] }> };

export default async function AccountPage({ params, searchParams }: Props) {
  const [ctx, { id }, asked] = await Promise.all([staffCtx(), params, searchParams]);
  if (!isId("account", id)) notFound();
  const { day, at } = readDay(asked.day);
  const { name, balances, holds } = await orNotFound(readAccount(ctx, { account: id, ...(at && { at }) }));

  return (
    <>
      <AdminHead title={name}>
        <span className="font-mono text-12">{id}</span>
      </AdminHead>
      <AdminSection title="Pots" aside={<AsOf day={day} today={ctx.now.toISOString().slice(0, 10)} />}>
        <Ledger
          caption="Pots"
          columns={[
            { key: "pot", title: "Pot" },
            { key: "balance", title: "Balance", kind: "number" },
          ]}
          rows={balances.map(({ pot, balance }) => ({
            key: pot,
            cells: {
              pot: isAccountPot(pot) && <PotLink pot={pot} account={id} />,
              balance: formatAmount(pot, balance),
            },
          }))}
          empty={<p className="border-t border-ink pt-3 text-ink-soft">This account had nothing then.</p>}
        />
      </AdminSection>
      <AdminSection title="Held now">
        <Ledger
          caption="Open holds"
          columns={[
            { key: "what", title: "For" },
            { key: "until", title: "Until", kind: "when", wideOnly: true },
            { key: "amount", title: "Amount", kind: "number" },
          ]}
          rows={holds.map((hold) => ({
            key: hold.id,
            cells: {
              what: (
                <span className="grid">
                  {`${hold.purpose} ${hold.purposeId}, turn ${hold.turn}`}
                  <TransferLink id={hold.transferId} />
                </span>
              ),
              until: formatInstant(hold.expiresAt),
              amount: formatAmount(hold.pot, hold.amount),
            },
          }))}
          empty={<p className="border-t border-ink pt-3 text-ink-soft">Nothing is held.</p>}
        />
      </AdminSection>
    </>
  );
}
