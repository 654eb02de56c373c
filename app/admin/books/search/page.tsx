import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Ledger } from "@/components/ui/ledger";
import { findInBooks } from "@/lib/books/queries";
import { staffCtx } from "@/lib/http/page";
import { formatInstant } from "@/lib/time";
import { AdminHead } from "../../_components/admin-head";
import { TransferLink, transferHref } from "../_components/links";

export const metadata: Metadata = { title: "Search" };

type Props = { searchParams: Promise<{ q?: string | string[] }> };

export default async function SearchPage({ searchParams }: Props) {
  const [ctx, { q }] = await Promise.all([staffCtx(), searchParams]);
  const words = typeof q === "string" ? q.trim().slice(0, 200) : "";
  const found = await findInBooks(ctx, words);
  if (found.transfer) redirect(transferHref(found.transfer));
  if (found.account) redirect(`/admin/books/accounts/${found.account}`);

  return (
    <>
      <AdminHead title="Search">
        {words === "" ? "Look for a cause, a request, an account or a transfer." : `What goes by “${words}”.`}
      </AdminHead>
      <Ledger
        caption="Transfers that were found"
        className="mt-5"
        columns={[
          { key: "when", title: "Date", kind: "when", wideOnly: true },
          { key: "what", title: "Entry" },
          { key: "cause", title: "Cause" },
        ]}
        rows={(found.transfers ?? []).map((row) => ({
          key: row.transferId,
          cells: {
            when: formatInstant(row.effectiveAt),
            what: (
              <span className="grid">
                <b className="font-semibold">{row.kind}</b>
                <TransferLink id={row.transferId} />
              </span>
            ),
            cause: row.cause,
          },
        }))}
        empty={
          <p className="mt-5 border-t border-ink pt-3 text-ink-soft">
            No transfer goes by that. A cause is found by its whole words up to a colon, such as “payment:payment_01…”.
          </p>
        }
      />
    </>
  );
}
