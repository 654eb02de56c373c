import { PageHead } from "@/app/(app)/_components/page-head";
import { Ledger } from "@/components/ui/ledger";
import { Skeleton } from "@/components/ui/skeleton";
import { INVOICE_COLUMNS } from "./_components/invoice-ledger";

export default function Loading() {
  return (
    <div role="status" aria-label="Loading">
      <PageHead title="Billing">Your plans, how much of them is used, and what was paid.</PageHead>
      <div className="mt-8 grid gap-x-14 gap-y-10 sm:mt-10 lg:grid-cols-2">
        {["rooms", "compute", "gateway"].map((family) => (
          <div key={family} className="grid gap-3 border-t border-ink pt-5">
            <Skeleton className="w-16" />
            <span className="text-25">
              <Skeleton className="w-40" />
            </span>
          </div>
        ))}
      </div>
      <Ledger caption="Invoices" className="mt-14" columns={INVOICE_COLUMNS} rows={[]} loading={4} />
    </div>
  );
}
