import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import type { Ctx, UserActor } from "@/lib/ctx";
import { listInvoices } from "@/lib/invoices/queries";
import { ROLE_SCOPES } from "@/lib/scopes";
import type { Subscription } from "@/lib/subscriptions/schema";
import { formatDay } from "@/lib/time";
import type { Usage } from "@/lib/usage/schema";
import { standingPlans, standingUsage } from "./standing";

/** What stands above every page until it is put right: a plan that is not paid, and limits that are nearly used. */
export async function StandingNotices({ ctx }: { ctx: Ctx<UserActor> }) {
  const scopes = ROLE_SCOPES[ctx.actor.role];
  const [unpaid, usage] = await Promise.all([
    scopes.includes("billing:read") ? listUnpaid(ctx) : [],
    scopes.includes("usage:read") ? standingUsage(ctx) : null,
  ]);
  const mayPay = scopes.includes("billing:write");
  return (
    <>
      {unpaid.map(({ plan, invoiceId }) => (
        <UnpaidNotice key={plan.id} plan={plan} invoiceId={mayPay ? invoiceId : undefined} />
      ))}
      {usage?.notices.map((notice) => (
        <LimitNotice key={notice.meter} {...notice} mayChange={mayPay} />
      ))}
    </>
  );
}

type Unpaid = { plan: Subscription; invoiceId: string | undefined };

async function listUnpaid(ctx: Ctx<UserActor>): Promise<Unpaid[]> {
  const { subscriptions } = await standingPlans(ctx);
  const late = subscriptions.filter(({ standing }) => standing === "grace" || standing === "suspended");
  if (late.length === 0) return [];
  const { invoices } = await listInvoices(ctx, { limit: 25 });
  return late.map((plan) => ({
    plan,
    invoiceId: invoices.find(({ status, subscriptionId }) => status === "open" && subscriptionId === plan.id)?.id,
  }));
}

function UnpaidNotice({ plan, invoiceId }: Unpaid) {
  const { standing, graceEndsAt } = plan;
  const isOff = standing === "suspended";
  return (
    <Notice
      tone={isOff ? "loss" : "hold"}
      title={isOff ? `${plan.plan.title} is suspended.` : `${plan.plan.title} is not paid.`}
      className="mt-3"
      action={
        invoiceId && (
          <ButtonLink href={`/dashboard/billing/invoices/${invoiceId}`} variant="book" size="small">
            Fix the payment
          </ButtonLink>
        )
      }
    >
      {isOff
        ? "It goes on as soon as its last invoice is paid."
        : graceEndsAt && `It goes on until ${formatDay(graceEndsAt)}.`}
    </Notice>
  );
}

type LimitNoticeProps = Usage["notices"][number] & { mayChange: boolean };

function LimitNotice({ meter, percent, used, limit, resetsAt, mayChange }: LimitNoticeProps) {
  const isFull = percent === 100;
  return (
    <Notice
      tone={isFull ? "loss" : "hold"}
      title={isFull ? `All ${limit} ${meter} are used.` : `${used} of ${limit} ${meter} are used.`}
      className="mt-3"
      action={
        mayChange && (
          <ButtonLink href="/dashboard/billing" variant="line" size="small">
            Take a larger plan
          </ButtonLink>
        )
      }
    >
      They start again on {formatDay(resetsAt)}.
    </Notice>
  );
}
