import { CreditDashboard } from "@/components/credits/credit-dashboard";
import { LowBalanceAlert } from "@/components/credits/low-balance-alert";
import { ExportHistory, TransactionHistory } from "@/components/credits/transaction-history";
import { EmptyState } from "@/components/ui/empty-state";
import { getBalance, listTransactions } from "@/lib/credits/queries";
import { pageCtx } from "@/lib/http/page";
import { ROLE_MEANING, ROLE_SCOPES } from "@/lib/scopes";
import { PageHead, PageSection } from "../_components/page-head";
import { BackFromBank } from "./_components/back-from-bank";
import { BuyCredits } from "./_components/buy-credits";
import { CostCalculator } from "./_components/cost-calculator";
import { readHistory, type SearchParams } from "./_components/read-history";

export const metadata = { title: "Credits" };

export default async function CreditsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [ctx, params] = await Promise.all([pageCtx(), searchParams]);
  const scopes = ROLE_SCOPES[ctx.actor.role];
  if (!scopes.includes("billing:read")) return <NotForYou meaning={ROLE_MEANING[ctx.actor.role]} />;
  const history = readHistory(params);
  const [balance, page] = await Promise.all([getBalance(ctx), listTransactions(ctx, history.asked)]);
  const mayBuy = scopes.includes("billing:write");

  return (
    <>
      <PageHead title="Credits">What a video is made of. They never run out unless it says so.</PageHead>
      <LowBalanceAlert balance={balance.balance} action={mayBuy && <BuyCredits look="small" />} />
      {mayBuy && history.paid && <BackFromBank paymentId={history.paid} />}
      <CreditDashboard balance={balance} action={mayBuy && <BuyCredits look="big" open={history.buys} />} />
      <PageSection title="What a video costs">
        <CostCalculator balance={balance.balance} mayBuy={mayBuy} />
      </PageSection>
      <PageSection title="History" aside={<ExportHistory query={history.query} />}>
        <TransactionHistory
          transactions={page.transactions}
          filters={history.filters}
          query={history.query}
          nextCursor={page.nextCursor}
          isFirstPage={history.asked.cursor === undefined}
        />
      </PageSection>
    </>
  );
}

const NotForYou = ({ meaning }: { meaning: string }) => (
  <>
    <PageHead title="Credits" />
    <EmptyState title="Your role does not include credits." className="mt-7 sm:mt-10">
      Yours is for this: {meaning.toLowerCase()} An owner can change it.
    </EmptyState>
  </>
);
