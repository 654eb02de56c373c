import { EmptyState } from "@/components/ui/empty-state";
import { Pager } from "@/components/ui/pager";
import { staffCtx } from "@/lib/http/page";
import { listAllPayments } from "@/lib/payments/staff-queries";
import { AdminHead } from "../_components/admin-head";
import { PaymentFilterForm } from "./_components/payment-filters";
import { PaymentLedger } from "./_components/payment-ledger";
import { readFilters } from "./_components/read-filters";

export const metadata = { title: "Payments" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function PaymentsPage({ searchParams }: Props) {
  const [ctx, params] = await Promise.all([staffCtx(), searchParams]);
  const { asked, filters, query } = readFilters(params);
  const { payments, nextCursor } = await listAllPayments(ctx, asked);
  const isFirst = asked.cursor === undefined;

  return (
    <>
      <AdminHead title="Payments">What every account paid, or tried to, the latest first.</AdminHead>
      <PaymentFilterForm filters={filters} />
      <PaymentLedger
        rows={payments}
        empty={
          <EmptyState title={query === "" ? "Nobody has paid yet." : "Nothing fits these filters."} className="mt-6">
            Each payment stands here from the moment at which it is begun.
          </EmptyState>
        }
      />
      {(nextCursor || !isFirst) && (
        <Pager
          name="Payments, pages"
          label={isFirst ? "The latest" : "Earlier ones"}
          previousHref={isFirst ? undefined : `/admin/payments?${query}`}
          nextHref={nextCursor ? `?${query}${query && "&"}cursor=${nextCursor}` : undefined}
        />
      )}
    </>
  );
}
