import { Ledger } from "@/components/ui/ledger";
import { WebhooksHead } from "./_components/webhooks-head";

const COLUMNS = [
  { key: "endpoint", title: "Endpoint" },
  { key: "state", title: "State", kind: "when" as const },
];

export default function Loading() {
  return (
    <div role="status" aria-label="Loading">
      <WebhooksHead />
      <Ledger caption="Webhook endpoints" className="mt-7 sm:mt-10" columns={COLUMNS} rows={[]} loading={3} />
    </div>
  );
}
