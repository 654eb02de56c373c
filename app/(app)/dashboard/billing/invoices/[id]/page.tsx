import Link from "next/link";
import { notFound } from "next/navigation";
import { PageHead } from "@/app/(app)/_components/page-head";
import { stripeOrNone } from "@/app/(app)/_components/stripe-or-none";
import { ButtonLink } from "@/components/ui/button-link";
import { Ledger } from "@/components/ui/ledger";
import { Notice } from "@/components/ui/notice";
import { Tag } from "@/components/ui/tag";
import { TAX_ID } from "@/lib/bill-to/rules";
import { orNotFound, pageCtx } from "@/lib/http/page";
import { getInvoice } from "@/lib/invoices/queries";
import { type Invoice, OneInvoice } from "@/lib/invoices/schema";
import { formatMoney, micros } from "@/lib/money";
import { ROLE_SCOPES } from "@/lib/scopes";
import { formatDay } from "@/lib/time";
import { INVOICE_STATE, PdfLink } from "../../_components/invoice-ledger";
import { LineTitle } from "../../_components/line-title";
import { PayInvoice } from "../../_components/pay-invoice";

export const metadata = { title: "Invoice" };

type Money = Invoice["total"];
const tag = ({ micros: amount }: Money) => formatMoney(micros(amount));

export default async function InvoicePage({ params }: { params: Promise<{ id: string }> }) {
  const [ctx, asked] = await Promise.all([pageCtx(), params]);
  const which = OneInvoice.safeParse(asked);
  const scopes = ROLE_SCOPES[ctx.actor.role];
  if (!which.success || !scopes.includes("billing:read")) notFound();
  const invoice = await orNotFound(getInvoice(ctx, which.data));
  const stripe = scopes.includes("billing:write") ? stripeOrNone() : null;
  const { word, tone } = INVOICE_STATE[invoice.status];

  return (
    <>
      <p className="pt-5 text-13 sm:pt-8">
        <Link href="/dashboard/billing">Billing</Link>
      </p>
      <PageHead
        title={invoice.number ? `Invoice ${invoice.number}` : "Invoice"}
        actions={
          <>
            {invoice.hostedUrl && (
              <ButtonLink href={invoice.hostedUrl} variant="line" prefetch={false}>
                Stripe’s page
              </ButtonLink>
            )}
            <PdfLink id={invoice.id} name={invoice.number ?? invoice.id} />
          </>
        }
      >
        <span className="flex flex-wrap items-baseline gap-x-4">
          <Tag tone={tone}>{word}</Tag>
          {formatDay(invoice.createdAt)}
          {invoice.method && <span>{invoice.method}</span>}
        </span>
      </PageHead>
      {invoice.status === "open" && <Unpaid invoice={invoice} stripe={stripe} />}
      <div className="mt-8 max-w-[760px]">
        <BilledTo invoice={invoice} />
        <Lines invoice={invoice} />
      </div>
    </>
  );
}

const Unpaid = ({ invoice, stripe }: { invoice: Invoice; stripe: ReturnType<typeof stripeOrNone> }) => (
  <Notice
    tone="hold"
    title={`${tag(invoice.amountDue)} to pay.`}
    className="mt-6 max-w-[760px]"
    action={stripe && <PayInvoice id={invoice.id} amount={tag(invoice.amountDue)} stripe={stripe} />}
  >
    {invoice.failure ?? "Nothing was charged yet."}
    {invoice.nextTryAt && ` It is tried again on ${formatDay(invoice.nextTryAt)}.`}
  </Notice>
);

const BilledTo = ({ invoice: { billedTo, taxId } }: { invoice: Invoice }) => {
  const lines = [...billedTo, ...(taxId === null ? [] : [`${TAX_ID} ${taxId}`])];
  return lines.length === 0 ? null : (
    <address className="mb-6 whitespace-pre-line text-ink-soft not-italic">{lines.join("\n")}</address>
  );
};

function Lines({ invoice }: { invoice: Invoice }) {
  const { lines, discount, tax, total, amountDue, amountPaid, amountRefunded } = invoice;
  const sums = [
    { label: "Discount", amount: discount, shown: discount.micros !== 0, sign: "\u2212" },
    { label: "Tax", amount: tax, shown: tax.micros !== 0, sign: "" },
  ].filter(({ shown }) => shown);
  return (
    <>
      <Ledger
        caption="Lines of the invoice"
        columns={[
          { key: "title", title: "Line" },
          { key: "amount", title: "Amount", kind: "number" },
        ]}
        rows={[
          ...lines.map((line, place) => ({
            key: `line-${place}`,
            cells: {
              title: <LineTitle line={line} />,
              amount: tag(line.amount),
            },
          })),
          ...sums.map(({ label, amount, sign }) => ({
            key: label,
            cells: { title: label, amount: `${sign}${tag(amount)}` },
          })),
        ]}
        total={{ title: "Total", amount: tag(total) }}
      />
      <p className="mt-4 text-ink-soft">
        {tag(amountPaid)} paid{amountDue.micros !== total.micros && `, ${tag(amountDue)} asked for after credit`}
        {amountRefunded.micros !== 0 && `, ${tag(amountRefunded)} paid back`}.
      </p>
    </>
  );
}
