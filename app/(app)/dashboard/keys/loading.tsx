import { type Column, Ledger } from "@/components/ui/ledger";
import { KeysHead } from "./_components/keys-head";

const COLUMNS: Column<"key" | "may" | "used" | "ends">[] = [
  { key: "key", title: "Key" },
  { key: "may", title: "May", wideOnly: true },
  { key: "used", title: "Last used", kind: "when", wideOnly: true },
  { key: "ends", title: "Expires", kind: "when", wideOnly: true },
];

export default function Loading() {
  return (
    <div role="status" aria-label="Loading">
      <KeysHead />
      <Ledger caption="API keys" className="mt-7 sm:mt-10" columns={COLUMNS} rows={[]} loading={3} />
    </div>
  );
}
