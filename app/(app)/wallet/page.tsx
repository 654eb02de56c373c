import { PageSection } from "@/app/(app)/_components/page-head";
import { stripeOrNone } from "@/app/(app)/_components/stripe-or-none";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { listCards } from "@/lib/cards/queries";
import { pageCtx } from "@/lib/http/page";
import { isId } from "@/lib/ids";
import { findWaitingTopUp } from "@/lib/payments/queries";
import { ROLE_MEANING, ROLE_SCOPES } from "@/lib/scopes";
import { getWallet, listMovements } from "@/lib/wallet/queries";
import { AddCard } from "./_components/add-card";
import { type Params, readAsked } from "./_components/asked";
import { AutoSection } from "./_components/auto-section";
import { Balance } from "./_components/balance";
import { CardLedger } from "./_components/card-ledger";
import { ComeBack } from "./_components/come-back";
import { History } from "./_components/history";
import { LimitsSection } from "./_components/limits-section";
import { TopUp } from "./_components/top-up";
import { WalletHead } from "./_components/wallet-head";

export const metadata = { title: "Wallet" };

export default async function WalletPage({ searchParams }: { searchParams: Promise<Params> }) {
  const [ctx, params] = await Promise.all([pageCtx(), searchParams]);
  const scopes = ROLE_SCOPES[ctx.actor.role];
  if (!scopes.includes("billing:read")) return <NotYours meaning={ROLE_MEANING[ctx.actor.role]} />;
  const mayChange = scopes.includes("billing:write");
  const { asked, input, wrong } = readAsked(params);
  const [wallet, cards, page, waiting] = await Promise.all([
    getWallet(ctx),
    listCards(ctx),
    listMovements(ctx, input),
    findWaitingTopUp(ctx),
  ]);
  const stripe = mayChange ? stripeOrNone() : null;
  const { paid, saved } = params;

  return (
    <>
      {mayChange && (paid || saved) && (
        <ComeBack
          paid={isId("payment", paid) ? paid : undefined}
          saved={typeof saved === "string" ? saved : undefined}
        />
      )}
      <WalletHead actions={stripe && <TopUp stripe={stripe} />} />
      {mayChange && !stripe && (
        <Notice tone="hold" title="No payment can be made here." className="mt-6">
          Payments are not set up on this deployment.
        </Notice>
      )}
      <Balance wallet={wallet} />
      <PageSection title="History">
        <History page={page} asked={asked} wrong={wrong} />
      </PageSection>
      <div className="grid gap-x-14 lg:grid-cols-2">
        <PageSection title="Cards" aside={stripe && <AddCard stripe={stripe}>Add a card</AddCard>}>
          <CardLedger cards={cards.paymentMethods} mayChange={mayChange} />
        </PageSection>
        <AutoSection auto={wallet.autoTopUp} waiting={waiting} stripe={stripe} mayChange={mayChange} />
        <LimitsSection limits={wallet.limits} isResting={wallet.coolOffUntil !== null} mayChange={mayChange} />
      </div>
    </>
  );
}

const NotYours = ({ meaning }: { meaning: string }) => (
  <>
    <WalletHead />
    <EmptyState title="Your role does not include the wallet." className="mt-7 sm:mt-10">
      Yours is for this: {meaning.toLowerCase()} An owner can change it.
    </EmptyState>
  </>
);
