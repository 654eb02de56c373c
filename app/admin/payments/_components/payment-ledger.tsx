import Link from "next/link";
import type { ReactNode } from "react";
import { type Column, Ledger } from "@/components/ui/ledger";
import { formatMoney, type Micros } from "@/lib/money";
import type { Payment } from "@/lib/payments/schema";
import { formatInstant } from "@/lib/time";
import { AccountLink } from "../../books/_components/links";
import { PaymentTag } from "./state-tags";

type Paid = {
  id: string;
  title: string;
  state: Payment["status"];
  price: Micros;
  refunded: Micros;
  createdAt: Date;
  accountId: string;
  accountName: string;
};

const COLUMNS: Column<"when" | "what" | "state" | "refunded" | "price">[] = [
  { key: "when", title: "Date", kind: "when", wideOnly: true },
  { key: "what", title: "Payment" },
  { key: "state", title: "State", kind: "when" },
  { key: "refunded", title: "Paid back", kind: "number", wideOnly: true },
  { key: "price", title: "Amount", kind: "number" },
];

export const paymentHref = (id: string) => `/admin/payments/${id}`;

export const PaymentLedger = ({ rows, empty }: { rows: readonly Paid[]; empty: ReactNode }) => (
  <Ledger
    caption="Payments"
    className="mt-5"
    columns={COLUMNS}
    empty={empty}
    rows={rows.map((row) => ({
      key: row.id,
      cells: {
        when: formatInstant(row.createdAt),
        what: (
          <span className="grid">
            <Link
              href={paymentHref(row.id)}
              className="font-semibold touch:inline-flex touch:min-h-8 touch:items-center"
            >
              {row.title}
            </Link>
            <span>
              <AccountLink id={row.accountId} name={row.accountName} />
            </span>
            <span className="font-mono text-12 text-ink-faint max-sm:hidden">{row.id}</span>
            <span className="text-12 text-ink-faint sm:hidden">{formatInstant(row.createdAt)}</span>
          </span>
        ),
        state: <PaymentTag state={row.state} />,
        refunded: row.refunded > 0 ? formatMoney(row.refunded) : "",
        price: formatMoney(row.price),
      },
    }))}
  />
);
