import type { Column } from "@/components/ui/ledger";

export const MOVEMENT_COLUMNS: Column<"at" | "entry" | "balance" | "amount">[] = [
  { key: "at", title: "Date", kind: "when", wideOnly: true },
  { key: "entry", title: "Entry" },
  { key: "balance", title: "Balance", kind: "number", wideOnly: true },
  { key: "amount", title: "Amount", kind: "number" },
];
