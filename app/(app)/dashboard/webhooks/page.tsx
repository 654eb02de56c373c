import { EmptyState } from "@/components/ui/empty-state";
import { pageCtx } from "@/lib/http/page";
import { ROLE_MEANING, ROLE_SCOPES } from "@/lib/scopes";
import { listEndpoints } from "@/lib/webhooks/queries";
import { EndpointDesk } from "./_components/endpoint-desk";
import { endpointRow } from "./_components/endpoint-row";
import { WebhooksHead } from "./_components/webhooks-head";

export const metadata = { title: "Webhooks" };

export default async function WebhooksPage() {
  const ctx = await pageCtx();
  if (!ROLE_SCOPES[ctx.actor.role].includes("webhooks:read")) {
    return (
      <>
        <WebhooksHead />
        <EmptyState title="Your role does not include webhooks." className="mt-7 sm:mt-10">
          Yours is for this: {ROLE_MEANING[ctx.actor.role].toLowerCase()} An owner can change it.
        </EmptyState>
      </>
    );
  }
  const { endpoints } = await listEndpoints(ctx);
  return <EndpointDesk rows={endpoints.map((endpoint) => endpointRow(endpoint, ctx.now))} />;
}
