import { PageHead } from "@/app/(app)/_components/page-head";
import { Ledger } from "@/components/ui/ledger";

const COLUMNS = [
  { key: "subject", title: "Request" },
  { key: "state", title: "State", kind: "when" as const },
];

export default function Loading() {
  return (
    <div role="status" aria-label="Loading">
      <PageHead title="Support" />
      <Ledger caption="Requests" className="mt-7 sm:mt-10" columns={COLUMNS} rows={[]} loading={3} />
    </div>
  );
}
