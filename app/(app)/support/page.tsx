import { PageHead } from "@/app/(app)/_components/page-head";
import { Pager } from "@/components/ui/pager";
import { pageCtx } from "@/lib/http/page";
import { isId } from "@/lib/ids";
import { supportLevelOf } from "@/lib/support/level";
import { listRequests } from "@/lib/support/queries";
import { LEVEL_WORDS } from "@/lib/support/rules";
import { formatAgo } from "@/lib/time";
import { AskDialog } from "./_components/ask-dialog";
import { RequestLedger } from "./_components/request-ledger";

export const metadata = { title: "Support" };

const SHOWN = 25;

type Props = { searchParams: Promise<{ before?: string | string[] }> };

export default async function SupportPage({ searchParams }: Props) {
  const [ctx, { before }] = await Promise.all([pageCtx(), searchParams]);
  const [{ requests, nextCursor }, level] = await Promise.all([
    listRequests(ctx, { limit: SHOWN, ...(isId("support", before) && { cursor: before }) }),
    supportLevelOf(ctx, ctx.actor.accountId),
  ]);

  return (
    <>
      <PageHead title="Support" actions={requests.length > 0 && <AskDialog />}>
        Ask whoever runs this Parley. The answer stands here and comes by mail. Support of this account:{" "}
        <b className="font-semibold text-ink">{LEVEL_WORDS[level]}</b>.
      </PageHead>
      <RequestLedger
        rows={requests.map(({ id, subject, state, updatedAt }) => ({
          id,
          subject,
          state,
          updated: formatAgo(updatedAt, ctx.now),
        }))}
        ask={<AskDialog />}
      />
      {nextCursor && (
        <Pager name="Requests, pages" label={`${requests.length} shown`} nextHref={`?before=${nextCursor}`} />
      )}
    </>
  );
}
