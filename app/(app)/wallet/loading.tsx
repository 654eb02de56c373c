import { Ledger } from "@/components/ui/ledger";
import { Skeleton } from "@/components/ui/skeleton";
import { MOVEMENT_COLUMNS } from "./_components/movement-columns";
import { WalletHead } from "./_components/wallet-head";

export default function Loading() {
  return (
    <div role="status" aria-label="Loading">
      <WalletHead />
      <div className="mt-7 grid gap-3.5 sm:mt-10">
        <p className="font-medium text-ink-soft">Available now</p>
        <span className="text-61 sm:text-76">
          <Skeleton className="w-56" />
        </span>
      </div>
      <Ledger caption="History" className="mt-14" columns={MOVEMENT_COLUMNS} rows={[]} loading={5} />
    </div>
  );
}
