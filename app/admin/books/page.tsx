import type { Metadata } from "next";
import { toCount } from "@/components/brand/amounts";
import { Notice } from "@/components/ui/notice";
import { getBooks, trialBalance } from "@/lib/books/queries";
import { layOutTrial } from "@/lib/books/rules";
import { staffCtx } from "@/lib/http/page";
import { formatInstant } from "@/lib/time";
import { AdminHead, AdminSection, Facts } from "../_components/admin-head";
import { AsOf } from "./_components/as-of";
import { readDay } from "./_components/as-of-day";
import { CheckLedger } from "./_components/check-ledger";
import { TransferLink } from "./_components/links";
import { RunAgain } from "./_components/run-again";
import { TrialLedger } from "./_components/trial-ledger";

export const metadata: Metadata = { title: "Books" };

type Props = { searchParams: Promise<{ day?: string | string[] }> };

export default async function BooksPage({ searchParams }: Props) {
  const [ctx, asked] = await Promise.all([staffCtx(), searchParams]);
  const { day, at } = readDay(asked.day);
  const [{ run, head, transfers }, totals] = await Promise.all([getBooks(ctx), trialBalance(ctx, at ? { at } : {})]);
  const [dollars, credits] = layOutTrial(totals);

  return (
    <>
      <AdminHead title="Books" actions={<RunAgain />}>
        Every promise below is recomputed from the entries up, at night and whenever you ask.
      </AdminHead>
      <Verdict run={run} />
      <AdminSection title="Promises">
        <CheckLedger results={run?.results ?? []} />
      </AdminSection>
      <AdminSection title="Trial balance" aside={<AsOf day={day} today={ctx.now.toISOString().slice(0, 10)} />}>
        <div className="grid items-start gap-x-10 gap-y-8 lg:grid-cols-2">
          {dollars && <TrialLedger caption="Dollars" trial={dollars} />}
          {credits && <TrialLedger caption="Credits" trial={credits} />}
        </div>
      </AdminSection>
      <AdminSection title="Chain">
        <Facts
          facts={[
            ["Transfers", toCount(transfers)],
            ["In the chain", toCount(head?.position ?? 0)],
            ["Last transfer", head ? <TransferLink key="last" id={head.transferId} /> : "none yet"],
            [
              "Hash of all",
              <span key="hash" className="font-mono text-12">
                {head?.hash ?? "none yet"}
              </span>,
            ],
          ]}
        />
      </AdminSection>
    </>
  );
}

type Run = Awaited<ReturnType<typeof getBooks>>["run"];

function Verdict({ run }: { run: Run }) {
  if (!run)
    return (
      <Notice className="mt-5" title="Nobody has checked yet.">
        A worker does it within minutes of its start.
      </Notice>
    );
  const when = `Checked on ${formatInstant(run.finishedAt)}.`;
  if (run.violations === 0)
    return (
      <Notice className="mt-5" tone="settled" title="The books hold.">
        {when}
      </Notice>
    );
  return (
    <Notice className="mt-5" tone="loss" title={`The books do not hold: ${toCount(run.violations)} found.`}>
      {when} The first row of each is named below. Nothing but a change past the ledger does this.
    </Notice>
  );
}
