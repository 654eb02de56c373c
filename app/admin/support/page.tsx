import { EmptyState } from "@/components/ui/empty-state";
import { Pager } from "@/components/ui/pager";
import { TabLinks } from "@/components/ui/tabs";
import { staffCtx } from "@/lib/http/page";
import { listQueue, QUEUE_PAGE } from "@/lib/support/queries";
import { ListQueue } from "@/lib/support/schema";
import { AdminHead } from "../_components/admin-head";
import { QueueLedger } from "./_components/queue-ledger";
import { queueRow } from "./_components/queue-row";

export const metadata = { title: "Support queue" };

const TABS = [
  { value: "open", label: "Waiting" },
  { value: "answered", label: "Answered" },
  { value: "closed", label: "Closed" },
] as const;

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SupportQueuePage({ searchParams }: Props) {
  const [ctx, asked] = await Promise.all([staffCtx(), searchParams]);
  const parsed = ListQueue.safeParse({ state: asked.state, page: asked.page });
  const { state, page } = parsed.data ?? ListQueue.parse({});
  const { requests, total, counts } = await listQueue(ctx, { state, page });
  const href = (next: number) => `?${new URLSearchParams({ state, page: String(next) })}`;

  return (
    <>
      <AdminHead title="Support queue">
        Higher plans first; within one level, who waits longest. What was answered is off the list until its person
        writes.
      </AdminHead>
      <div className="mt-6">
        <TabLinks
          label="Which requests"
          current={state}
          tabs={TABS.map((tab) => ({ ...tab, count: counts[tab.value], href: `/admin/support?state=${tab.value}` }))}
        />
      </div>
      <QueueLedger
        rows={requests.map((request) => queueRow(request, ctx.now))}
        empty={
          <EmptyState title={state === "open" ? "Nobody waits." : "None of them."} className="mt-6">
            What people ask stands here, in the order in which it is to be answered.
          </EmptyState>
        }
      />
      {total > QUEUE_PAGE && (
        <Pager
          name="Requests, pages"
          label={`${(page - 1) * QUEUE_PAGE + 1}–${Math.min(page * QUEUE_PAGE, total)} of ${total}`}
          previousHref={page > 1 ? href(page - 1) : undefined}
          nextHref={page * QUEUE_PAGE < total ? href(page + 1) : undefined}
        />
      )}
    </>
  );
}
