import { AddCard } from "@/app/(app)/wallet/_components/add-card";
import { CardLedger } from "@/app/(app)/wallet/_components/card-ledger";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { listCards } from "@/lib/cards/queries";
import { env } from "@/lib/env";
import { pageCtx } from "@/lib/http/page";
import { listInvoices } from "@/lib/invoices/queries";
import { ListInvoices } from "@/lib/invoices/schema";
import { PLAN_FAMILIES } from "@/lib/plans/catalogue";
import { ROLE_MEANING, ROLE_SCOPES } from "@/lib/scopes";
import { PageHead, PageSection } from "../../_components/page-head";
import { standingPlans, standingUsage } from "../../_components/standing";
import { stripeOrNone } from "../../_components/stripe-or-none";
import { BillTo } from "./_components/bill-to";
import { InvoiceLedger } from "./_components/invoice-ledger";
import { PlanSection } from "./_components/plan-section";
import { type BillingParams, latestOf, readBilling, trialDaysFor, unpaidOf } from "./_components/read-billing";

export const metadata = { title: "Billing" };

export default async function BillingPage({ searchParams }: { searchParams: Promise<BillingParams> }) {
  const [ctx, params] = await Promise.all([pageCtx(), searchParams]);
  const scopes = ROLE_SCOPES[ctx.actor.role];
  if (!scopes.includes("billing:read")) return <NotYours meaning={ROLE_MEANING[ctx.actor.role]} />;
  const mayChange = scopes.includes("billing:write");
  const { asked, cursor } = readBilling(params);
  const [{ subscriptions }, usage, cards, page] = await Promise.all([
    standingPlans(ctx),
    standingUsage(ctx),
    listCards(ctx),
    listInvoices(ctx, ListInvoices.parse({ limit: 12, cursor })),
  ]);
  const stripe = mayChange ? stripeOrNone() : null;

  return (
    <>
      <PageHead title="Billing">Your plans, how much of them is used, and what was paid.</PageHead>
      {mayChange && !stripe && (
        <Notice tone="hold" title="No plan can be taken here." className="mt-6">
          Payments are not set up on this deployment.
        </Notice>
      )}
      <div className="mt-8 grid gap-x-14 gap-y-10 sm:mt-10 lg:grid-cols-2">
        {PLAN_FAMILIES.map((family) => (
          <PlanSection
            key={family}
            family={family}
            subscription={latestOf(subscriptions, family)}
            usage={usage}
            unpaid={unpaidOf(page.invoices, latestOf(subscriptions, family))}
            trialDays={trialDaysFor(subscriptions, family, env().TRIAL_DAYS)}
            stripe={stripe}
            asked={asked?.family === family ? asked : undefined}
          />
        ))}
      </div>
      <PageSection title="Invoices">
        <InvoiceLedger page={page} isFirstPage={cursor === undefined} />
      </PageSection>
      <div className="grid gap-x-14 lg:grid-cols-2">
        <PageSection title="Payment methods" aside={stripe && <AddCard stripe={stripe}>Add a card</AddCard>}>
          <CardLedger cards={cards.paymentMethods} mayChange={mayChange} />
        </PageSection>
        <BillTo ctx={ctx} mayChange={mayChange && stripe !== null} />
      </div>
    </>
  );
}

const NotYours = ({ meaning }: { meaning: string }) => (
  <>
    <PageHead title="Billing" />
    <EmptyState title="Your role does not include billing." className="mt-7 sm:mt-10">
      Yours is for this: {meaning.toLowerCase()} An owner can change it.
    </EmptyState>
  </>
);
