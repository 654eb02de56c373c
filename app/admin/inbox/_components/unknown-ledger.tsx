import Link from "next/link";
import { Ledger } from "@/components/ui/ledger";
import { formatMoney } from "@/lib/money";
import type { listUnknown } from "@/lib/payments/staff-queries";
import { formatAgo } from "@/lib/time";
import { AccountLink } from "../../books/_components/links";
import { paymentHref } from "../../payments/_components/payment-ledger";
import { PaymentTag, RefundTag } from "../../payments/_components/state-tags";

type UnknownLedgerProps = { unknown: Awaited<ReturnType<typeof listUnknown>>; now: Date };

/** Money of which nobody knows yet whether it moved. */
export const UnknownLedger = ({ unknown: { payments, refunds }, now }: UnknownLedgerProps) => (
  <Ledger
    caption="Payments and refunds whose outcome is unknown"
    columns={[
      { key: "since", title: "Begun", kind: "when", wideOnly: true },
      { key: "what", title: "What" },
      { key: "state", title: "State", kind: "when" },
      { key: "amount", title: "Amount", kind: "number" },
    ]}
    rows={[
      ...payments.map((row) => rowOf({ ...row, paymentId: row.id, tag: <PaymentTag state={row.state} /> }, now)),
      ...refunds.map((row) =>
        rowOf({ ...row, title: `Refund of ${row.title}`, tag: <RefundTag state={row.state} /> }, now),
      ),
    ]}
    empty={<p className="border-t border-ink pt-3 text-ink-soft">Every payment and refund is known to its end.</p>}
  />
);

type Unknown = {
  id: string;
  paymentId: string;
  title: string;
  tag: React.ReactNode;
  price: Parameters<typeof formatMoney>[0];
  createdAt: Date;
  accountId: string;
  accountName: string;
};

const rowOf = (row: Unknown, now: Date) => ({
  key: row.id,
  cells: {
    since: formatAgo(row.createdAt, now),
    what: (
      <span className="grid">
        <Link href={paymentHref(row.paymentId)} className="font-semibold">
          {row.title}
        </Link>
        <span>
          <AccountLink id={row.accountId} name={row.accountName} />
        </span>
      </span>
    ),
    state: row.tag,
    amount: formatMoney(row.price),
  },
});
