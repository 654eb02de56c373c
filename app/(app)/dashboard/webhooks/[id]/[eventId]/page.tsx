import Link from "next/link";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { PageHead, PageSection } from "@/app/(app)/_components/page-head";
import { CodeBlock } from "@/components/ui/code-block";
import { Tag } from "@/components/ui/tag";
import { toJson } from "@/lib/http/describe/literal";
import { orNotFound, pageCtx } from "@/lib/http/page";
import { isId } from "@/lib/ids";
import { ROLE_SCOPES } from "@/lib/scopes";
import { formatInstant } from "@/lib/time";
import { getDelivery } from "@/lib/webhooks/queries";
import { deliveryRow } from "../_components/delivery-row";
import { ReplayOne } from "../_components/replay-one";

export const metadata = { title: "Delivery" };

type Props = { params: Promise<{ id: string; eventId: string }> };

export default async function DeliveryPage({ params }: Props) {
  const [ctx, { id, eventId }] = await Promise.all([pageCtx(), params]);
  const may = ROLE_SCOPES[ctx.actor.role].includes("webhooks:read");
  if (!isId("endpoint", id) || !isId("event", eventId) || !may) notFound();
  const delivery = await orNotFound(getDelivery(ctx, { id, eventId }));
  const row = deliveryRow(delivery, ctx.now);

  return (
    <>
      <PageHead title={delivery.type} actions={<ReplayOne endpointId={id} eventId={eventId} />}>
        To{" "}
        <Link href={`/dashboard/webhooks/${id}`} className="font-mono text-13 [overflow-wrap:anywhere]">
          {delivery.url}
        </Link>
      </PageHead>
      <dl className="mt-6 border-t border-ink">
        <Fact name="State">
          <Tag tone={row.state.tone}>{row.state.word}</Tag>
        </Fact>
        <Fact name="Event">
          <span className="font-mono text-13 [overflow-wrap:anywhere]">{delivery.eventId}</span>
        </Fact>
        <Fact name="Happened">{row.happened}</Fact>
        <Fact name="Attempts">
          {delivery.attempts}
          {delivery.triedAt && `, the latest ${formatInstant(delivery.triedAt)}`}
          {delivery.dueAt && delivery.attempts > 0 && `; the next ${formatInstant(delivery.dueAt)}`}
        </Fact>
        {delivery.failure && <Fact name="What went wrong">{delivery.failure}</Fact>}
      </dl>
      <div className="grid gap-x-10 lg:grid-cols-2">
        <PageSection title="Sent">
          <CodeBlock label="what was sent" samples={[{ language: "Body", code: toJson(JSON.parse(delivery.body)) }]} />
        </PageSection>
        <PageSection title="Came back">
          {delivery.status === null ? (
            <p className="text-ink-soft">{delivery.attempts === 0 ? "It is on its way." : "No answer."}</p>
          ) : (
            <CodeBlock
              label="what came back"
              samples={[
                {
                  language: `${delivery.status} in ${delivery.durationMs} ms`,
                  code: delivery.answer || "(an empty body)",
                },
              ]}
            />
          )}
        </PageSection>
      </div>
    </>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="grid gap-x-6 border-b border-rule py-2.5 sm:grid-cols-[180px_minmax(0,1fr)]">
    <dt className="text-13 text-ink-faint">{name}</dt>
    <dd className="min-w-0 tabular-nums [overflow-wrap:anywhere]">{children}</dd>
  </div>
);
