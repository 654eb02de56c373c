import { Download } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Wordmark } from "@/components/brand/mark";
import { buttonClass } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { SkipLink } from "@/components/ui/skip-link";
import { orNotFound, pageCtx } from "@/lib/http/page";
import { isId } from "@/lib/ids";
import { getReceipt } from "@/lib/receipts/queries";
import type { Receipt } from "@/lib/receipts/schema";
import { ROLE_MEANING, ROLE_SCOPES } from "@/lib/scopes";
import { formatInstant } from "@/lib/time";
import { Checks } from "./_components/checks";
import { ReceiptSlip } from "./_components/receipt-slip";
import { VerifyAgain } from "./_components/verify-again";

export const metadata: Metadata = { title: "Receipt" };

export default async function ReceiptPage({ params }: { params: Promise<{ id: string }> }) {
  const [ctx, { id }] = await Promise.all([pageCtx(), params]);
  if (!isId("transfer", id)) notFound();
  const { role, isStaff } = ctx.actor;
  if (!isStaff && !ROLE_SCOPES[role].includes("billing:read"))
    return (
      <Frame back="/dashboard">
        <h1 className="sr-only">Receipt</h1>
        <EmptyState title="Your role does not include receipts.">
          Yours is for this: {ROLE_MEANING[role].toLowerCase()} An owner can change it.
        </EmptyState>
      </Frame>
    );
  const receipt = await orNotFound(getReceipt(ctx, { id }));
  return (
    <Frame back={receipt.entries.some(({ pot }) => pot.startsWith("credits")) ? "/credits" : "/wallet"}>
      <div className="grid items-start gap-x-16 gap-y-12 lg:grid-cols-[minmax(0,1fr)_456px]">
        <Said receipt={receipt} />
        <ReceiptSlip receipt={receipt} />
      </div>
    </Frame>
  );
}

const Frame = ({ back, children }: { back: string; children: React.ReactNode }) => (
  <div className="mx-auto min-h-dvh max-w-[1240px] px-(--gutter) pb-24">
    <SkipLink />
    <header className="flex h-16 items-center justify-between gap-4 sm:h-19">
      <Link href="/dashboard" className="flex min-h-11 items-center rounded-control no-underline">
        <Wordmark />
      </Link>
      <Link href={back} className="touch:inline-flex touch:min-h-11 touch:items-center">
        Back to the ledger
      </Link>
    </header>
    <main id="content" tabIndex={-1} className="pt-6 outline-none sm:pt-10">
      {children}
    </main>
  </div>
);

const Said = ({ receipt }: { receipt: Receipt }) => (
  <div className="min-w-0 lg:pt-6">
    <p className="text-ink-soft">{formatInstant(receipt.at)}</p>
    <h1 className="display mt-1 text-39 text-balance sm:text-49">{receipt.sentence}</h1>
    {receipt.payment && <p className="mt-6 text-16 text-ink-soft">{paidWords(receipt.payment)}</p>}
    <Checks sumIsRight={receipt.sumIsRight} link={receipt.link} />
    <div className="mt-6 flex flex-wrap items-center gap-2">
      <a href={`/api/receipts/${receipt.id}/pdf`} download className={buttonClass({ variant: "line" })}>
        <Download aria-hidden="true" strokeWidth={1.6} />
        PDF
      </a>
      <VerifyAgain />
      <Link href="/support" className={buttonClass({ variant: "quiet" })}>
        Something is wrong
      </Link>
    </div>
  </div>
);

function paidWords({ title, method, refunded }: NonNullable<Receipt["payment"]>): string {
  const paid = method ? `${title}, paid with ${method}.` : `${title}.`;
  return refunded.units > 0 ? `${paid} ${refunded.text} of it was paid back.` : paid;
}
