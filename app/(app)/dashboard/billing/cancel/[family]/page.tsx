import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { PageHead } from "@/app/(app)/_components/page-head";
import { pageCtx } from "@/lib/http/page";
import { PLAN_FAMILIES, type PlanFamily } from "@/lib/plans/catalogue";
import { ROLE_SCOPES } from "@/lib/scopes";
import { findSubscription } from "@/lib/subscriptions/queries";
import { formatDay } from "@/lib/time";
import { CancelForm } from "../../_components/cancel-form";
import { leaving } from "../../_components/leaving";

export const metadata = { title: "Cancel a plan" };

/** Everything about leaving on one page: what stays, what ends, what is not paid back, and the button. */
export default async function CancelPage({ params }: { params: Promise<{ family: string }> }) {
  const [ctx, asked] = await Promise.all([pageCtx(), params]);
  const family = PLAN_FAMILIES.find((one) => one === asked.family);
  if (!family || !ROLE_SCOPES[ctx.actor.role].includes("billing:cancel")) notFound();
  const { subscription } = await findSubscription(ctx, { family });
  const how = subscription && leaving(subscription);
  if (!how) redirect("/dashboard/billing");
  const endsOn = how.when === "period_end" ? formatDay(how.at) : null;

  return (
    <>
      <p className="pt-5 text-13 sm:pt-8">
        <Link href="/dashboard/billing">Billing</Link>
      </p>
      <PageHead title={`Cancel ${subscription.plan.title}`} />
      <div className="mt-6 grid gap-x-14 gap-y-8 lg:grid-cols-2">
        <Facts family={family} endsOn={endsOn} />
        <CancelForm family={family} endsOn={endsOn} />
      </div>
    </>
  );
}

const STAYS = {
  rooms: "Rooms, their links and what took place in them are kept. No call begins without a plan.",
  compute: "What you stored is kept. Nothing new runs without a plan.",
  gateway: "Keys are kept. Calls are refused without a plan. What was used until then is billed.",
};

const Facts = ({ family, endsOn }: { family: PlanFamily; endsOn: string | null }) => (
  <ul className="grid max-w-measure content-start gap-3 border-t border-ink pt-5 text-ink-soft">
    {endsOn ? (
      <li>
        Everything in the plan stays until <b className="font-semibold text-ink">{endsOn}</b>. Until then you can undo
        this.
      </li>
    ) : (
      <li>The plan gives nothing at this moment, so it ends at once.</li>
    )}
    <li>It is not charged again. What is paid is not paid back.</li>
    <li>{STAYS[family]}</li>
    <li>Your wallet, credits and invoices are yours as before.</li>
  </ul>
);
