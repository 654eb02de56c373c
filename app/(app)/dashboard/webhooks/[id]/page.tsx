import { notFound } from "next/navigation";
import { PageHead, PageSection } from "@/app/(app)/_components/page-head";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { Pager } from "@/components/ui/pager";
import { TabLinks } from "@/components/ui/tabs";
import { Tag } from "@/components/ui/tag";
import { orNotFound, pageCtx } from "@/lib/http/page";
import { isId } from "@/lib/ids";
import { ROLE_SCOPES } from "@/lib/scopes";
import { getEndpoint, listDeliveries } from "@/lib/webhooks/queries";
import { DELIVERY_STATES } from "@/lib/webhooks/schema";
import { endpointRow } from "../_components/endpoint-row";
import { DeliveryLedger } from "./_components/delivery-ledger";
import { deliveryRow } from "./_components/delivery-row";
import { EndpointActs } from "./_components/endpoint-acts";

export const metadata = { title: "Webhook endpoint" };

const SHOWN = 25;
const TABS = [
  { value: "", label: "Everything" },
  { value: "failed", label: "Failed" },
  { value: "waiting", label: "Waiting" },
];

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ state?: string | string[]; before?: string | string[] }>;
};

export default async function EndpointPage({ params, searchParams }: Props) {
  const [ctx, { id }, { state: asked, before }] = await Promise.all([pageCtx(), params, searchParams]);
  if (!isId("endpoint", id) || !ROLE_SCOPES[ctx.actor.role].includes("webhooks:read")) notFound();
  const state = DELIVERY_STATES.find((known) => known === asked);
  const [endpoint, log] = await orNotFound(
    Promise.all([
      getEndpoint(ctx, { id }),
      listDeliveries(ctx, {
        id,
        limit: SHOWN,
        ...(state && { state }),
        ...(isId("event", before) && { cursor: before }),
      }),
    ]),
  );
  const row = endpointRow(endpoint, ctx.now);
  const here = `/dashboard/webhooks/${id}`;
  const nextHref = log.nextCursor
    ? `?${new URLSearchParams({ ...(state && { state }), before: log.nextCursor })}`
    : undefined;

  return (
    <>
      <PageHead title={row.description || "Webhook endpoint"} actions={<EndpointActs row={row} />}>
        <span className="font-mono text-13 [overflow-wrap:anywhere]">{row.url}</span>
        <span className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-13">
          <Tag tone={row.state.tone}>{row.state.word}</Tag> {row.hears}
        </span>
      </PageHead>
      {row.why && <Notice tone={row.enabled ? "hold" : "loss"} title={row.why} className="mt-6" />}
      <PageSection title="Deliveries">
        <TabLinks
          label="Which deliveries"
          current={state ?? ""}
          tabs={TABS.map((tab) => ({ ...tab, href: tab.value ? `${here}?state=${tab.value}` : here }))}
        />
        <DeliveryLedger
          endpointId={id}
          rows={log.deliveries.map((delivery) => deliveryRow(delivery, ctx.now))}
          empty={
            <EmptyState title={state ? "None of them." : "Nothing was sent yet."} heading="h3" className="mt-4">
              {state
                ? "Everything else stands under the first tab."
                : "Send a test, and what your receiver answered stands here a moment later."}
            </EmptyState>
          }
        />
        {nextHref && <Pager name="Deliveries, pages" label={`${log.deliveries.length} shown`} nextHref={nextHref} />}
      </PageSection>
    </>
  );
}
