import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Ledger } from "@/components/ui/ledger";
import { readTransfer } from "@/lib/books/queries";
import { formatAmount } from "@/lib/books/rules";
import { orNotFound, staffCtx } from "@/lib/http/page";
import { isId } from "@/lib/ids";
import { formatInstant } from "@/lib/time";
import { AdminHead, AdminSection, Facts } from "../../../_components/admin-head";
import { AccountLink, Moved, PotLink, TransferLink } from "../../_components/links";
import { LotLedger } from "../../_components/lot-ledger";
import { AuditLedger, TakenLedger } from "../../_components/transfer-parts";

export const metadata: Metadata = { title: "Transfer" };

type Whole = Awaited<ReturnType<typeof readTransfer>>;

export default async function TransferPage({ params }: { params: Promise<{ id: string }> }) {
  const [ctx, { id }] = await Promise.all([staffCtx(), params]);
  if (!isId("transfer", id)) notFound();
  const whole = await orNotFound(readTransfer(ctx, id));

  return (
    <>
      <AdminHead title={whole.transfer.kind}>
        <span className="font-mono text-12">{id}</span>
      </AdminHead>
      <div className="mt-4 grid gap-x-12 lg:grid-cols-2">
        <div className="min-w-0">
          <AdminSection title="What moved">
            <Legs whole={whole} />
          </AdminSection>
          {whole.allocations.length > 0 && (
            <AdminSection title="Out of which lots">
              <TakenLedger taken={whole.allocations} />
            </AdminSection>
          )}
          {whole.lots.length > 0 && (
            <AdminSection title="Lots that it brought">
              <LotLedger lots={whole.lots} />
            </AdminSection>
          )}
        </div>
        <div className="min-w-0">
          <AdminSection title="Why, and who">
            <Facts facts={whyOf(whole)} />
          </AdminSection>
          <AdminSection title="Proof">
            <Facts facts={proofOf(whole)} />
          </AdminSection>
          <AdminSection title="What its request also did">
            <AuditLedger rows={whole.audit} />
          </AdminSection>
        </div>
      </div>
    </>
  );
}

const Legs = ({ whole: { entries, accountNames } }: { whole: Whole }) => (
  <Ledger
    caption="Legs"
    columns={[
      { key: "pot", title: "Pot" },
      { key: "amount", title: "Amount", kind: "number" },
      { key: "after", title: "Balance", kind: "number" },
    ]}
    rows={entries.map(({ leg, pot, accountId, amount, balanceAfter }) => ({
      key: String(leg),
      cells: {
        pot: (
          <>
            <PotLink pot={pot} account={accountId} />
            {accountId && (
              <span className="block text-12">
                of <AccountLink id={accountId} name={accountNames[accountId] ?? accountId} />
              </span>
            )}
          </>
        ),
        amount: <Moved pot={pot} amount={amount} />,
        after: balanceAfter === null ? "" : formatAmount(pot, balanceAfter),
      },
    }))}
  />
);

type Fact = [name: string, value: React.ReactNode];

function whyOf({ transfer, actorName, reversedBy }: Whole): Fact[] {
  const request = (
    <Link key="request" className="font-mono text-12" href={`/admin/books/search?q=${transfer.requestId}`}>
      {transfer.requestId}
    </Link>
  );
  return [
    ["Cause", transfer.cause],
    ["Took effect", formatInstant(transfer.effectiveAt)],
    ["Was booked", formatInstant(transfer.bookedAt)],
    ["By", `${actorName} (${transfer.actorKind})`],
    ["In request", request],
    ...Object.entries(transfer.detail).map(([name, value]): Fact => [name, inWords(value)]),
    ...leadsTo("Undoes", transfer.reversesId),
    ...leadsTo("Undone by", reversedBy),
  ];
}

const leadsTo = (name: string, id: Whole["reversedBy"]): Fact[] =>
  id ? [[name, <TransferLink key={name} id={id} />]] : [];

const proofOf = ({ link }: Whole): Fact[] => [
  ["Link", link ? String(link.position) : "not in the chain yet"],
  ["Says", <Mono key="says">{link?.digest ?? ""}</Mono>],
  ["Hash of all so far", <Mono key="hash">{link?.hash ?? ""}</Mono>],
];

const Mono = ({ children }: { children: string }) => <span className="font-mono text-12">{children}</span>;

const inWords = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
