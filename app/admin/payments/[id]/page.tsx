import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { orNotFound, staffCtx } from "@/lib/http/page";
import { isId } from "@/lib/ids";
import { readAnyPayment } from "@/lib/payments/staff-queries";
import { localDeskUrl } from "@/lib/stripe/desk";
import { listEventsAbout } from "@/lib/stripe-events/queries";
import { AdminHead, AdminSection, Facts } from "../../_components/admin-head";
import { AccountLink } from "../../books/_components/links";
import { EventLedger } from "../../inbox/_components/event-ledger";
import { PaymentTag } from "../_components/state-tags";
import { DisputeLedger, RefundLedger } from "./_components/aftermath";
import { factsOf, forRefund } from "./_components/facts";
import { RefundDialog } from "./_components/refund-dialog";

export const metadata: Metadata = { title: "Payment" };

export default async function PaymentPage({ params }: { params: Promise<{ id: string }> }) {
  const [ctx, { id }] = await Promise.all([staffCtx(), params]);
  if (!isId("payment", id)) notFound();
  const whole = await orNotFound(readAnyPayment(ctx, id));
  const { payment, accountName, refunds, disputes } = whole;
  const events = payment.intentId === null ? [] : await listEventsAbout(ctx, payment.intentId);
  const refund = forRefund(whole);

  return (
    <>
      <AdminHead title={payment.title} actions={refund && <RefundDialog {...refund} />}>
        <span className="flex flex-wrap items-baseline gap-x-4">
          <PaymentTag state={payment.state} />
          <AccountLink id={payment.accountId} name={accountName} />
          <span className="font-mono text-12">{id}</span>
        </span>
      </AdminHead>
      <AdminSection title="What was paid">
        <Facts facts={factsOf(whole)} />
      </AdminSection>
      <AdminSection title="Refunds">
        <RefundLedger refunds={refunds} />
      </AdminSection>
      <AdminSection title="Disputes" aside={<Desk />}>
        <DisputeLedger disputes={disputes} purpose={payment.purpose} />
      </AdminSection>
      <AdminSection title="What Stripe told of it">
        <EventLedger rows={events} empty="No event has come yet." />
      </AdminSection>
    </>
  );
}

function Desk() {
  const [charges, disputes] = [localDeskUrl({ kind: "charge" }), localDeskUrl({ kind: "dispute" })];
  if (!charges || !disputes) return null;
  return (
    <span className="flex flex-wrap gap-x-4 text-ink-faint">
      At the local Stripe: <a href={charges}>open one</a> <a href={disputes}>end one</a>
    </span>
  );
}
