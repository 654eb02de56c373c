import { Ledger } from "@/components/ui/ledger";
import { Skeleton } from "@/components/ui/skeleton";

const columns = [
  { key: "when", title: "Date", kind: "when" },
  { key: "what", title: "Entry" },
  { key: "who", title: "By", wideOnly: true },
] as const;

/** The shape of a page: its title, the number that matters, its ledger. */
export default function Loading() {
  return (
    <div role="status" aria-label="Loading">
      <div className="pt-5 text-25 sm:pt-8 sm:text-31">
        <Skeleton className="my-[0.2em] w-44" />
      </div>
      <div className="mt-7 grid grid-cols-[minmax(0,1fr)] gap-3 sm:mt-10">
        <Skeleton className="w-56" />
        <div className="min-w-0 text-61 sm:text-76">
          <Skeleton className="w-24" />
        </div>
        <Skeleton className="w-80 max-w-full" />
      </div>
      <div className="mt-14">
        <Ledger caption="Entries" columns={[...columns]} rows={[]} loading={6} />
      </div>
    </div>
  );
}
