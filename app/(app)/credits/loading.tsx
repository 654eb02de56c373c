import { Ledger } from "@/components/ui/ledger";
import { Skeleton } from "@/components/ui/skeleton";
import { PageHead, PageSection } from "../_components/page-head";

const COLUMNS = [
  { key: "at", title: "Date", kind: "when" as const, wideOnly: true },
  { key: "what", title: "Entry" },
  { key: "amount", title: "Credits", kind: "number" as const },
  { key: "balance", title: "Balance", kind: "number" as const },
];

export default function Loading() {
  return (
    <div role="status" aria-label="Loading">
      <PageHead title="Credits">What a video is made of. They never run out unless it says so.</PageHead>
      <div className="mt-7 grid gap-3.5 sm:mt-10">
        <span className="font-medium text-ink-soft">Credits left</span>
        <Skeleton className="h-16 w-40" />
      </div>
      <PageSection title="History">
        <Ledger caption="Credits, what came and went" columns={COLUMNS} rows={[]} loading={5} />
      </PageSection>
    </div>
  );
}
