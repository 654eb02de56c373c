import { toCount } from "@/components/brand/amounts";
import { ButtonLink } from "@/components/ui/button-link";
import { Stat } from "@/components/ui/stat";
import { getAccount } from "@/lib/accounts/queries";
import { listAudit } from "@/lib/audit/queries";
import { ListAudit } from "@/lib/audit/schema";
import { pageCtx } from "@/lib/http/page";
import { listKeys } from "@/lib/keys/queries";
import { getFirstSteps } from "@/lib/registration/first-steps";
import { ROLE_MEANING, ROLE_SCOPES } from "@/lib/scopes";
import { PageHead, PageSection } from "../_components/page-head";
import { Events } from "./_components/events";
import { StepLedger } from "./_components/first-steps";
import { KeyCount } from "./_components/key-count";
import { stepsFor } from "./_components/steps";

export const metadata = { title: "Overview" };

const ROLE_NAME = { owner: "an owner", admin: "an admin", billing: "its bookkeeper", member: "a member" };

type Props = { searchParams: Promise<{ before?: string | string[] }> };

export default async function OverviewPage({ searchParams }: Props) {
  const [ctx, { before }] = await Promise.all([pageCtx(), searchParams]);
  const { role } = ctx.actor;
  const may = (scope: (typeof ROLE_SCOPES)[typeof role][number]) => ROLE_SCOPES[role].includes(scope);
  const asked = ListAudit.safeParse({ cursor: before, limit: 20 });
  const page = asked.success ? asked.data : ListAudit.parse({ limit: 20 });
  const [account, keys, events, facts] = await Promise.all([
    getAccount(ctx),
    may("keys:read") ? listKeys(ctx) : undefined,
    may("audit:read") ? listAudit(ctx, page) : undefined,
    getFirstSteps(ctx),
  ]);
  const steps = stepsFor(facts, ROLE_SCOPES[role]);

  return (
    <>
      <PageHead
        title="Overview"
        actions={
          may("keys:write") && (
            <ButtonLink href="/dashboard/keys" variant="line">
              Manage keys
            </ButtonLink>
          )
        }
      />
      {keys ? (
        <KeyCount keys={keys.apiKeys} now={ctx.now} />
      ) : (
        <Stat size={76} className="mt-7 sm:mt-10" label="People in this account" value={toCount(account.members)} />
      )}

      {steps.some(({ done }) => !done) && (
        <PageSection
          title="First steps"
          aside={
            <p className="text-13 text-ink-faint tabular-nums">
              {steps.filter(({ done }) => done).length} of {steps.length} done
            </p>
          }
        >
          <StepLedger steps={steps} />
        </PageSection>
      )}

      {events ? (
        <PageSection title="What happened">
          <Events now={ctx.now} entries={events.entries} cursor={page.cursor} nextCursor={events.nextCursor} />
        </PageSection>
      ) : (
        <PageSection title="What you may do here">
          <p className="border-t border-ink pt-4 text-ink-soft">
            In {account.name} you are {ROLE_NAME[role]}:{" "}
            {ROLE_MEANING[role].charAt(0).toLowerCase() + ROLE_MEANING[role].slice(1)}
          </p>
        </PageSection>
      )}
    </>
  );
}
