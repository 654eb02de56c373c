import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { PageHead } from "@/app/(app)/_components/page-head";
import { pageCtx } from "@/lib/http/page";
import { PLAN_FAMILIES } from "@/lib/plans/catalogue";
import { ROLE_SCOPES } from "@/lib/scopes";
import { findSubscription } from "@/lib/subscriptions/queries";
import type { Subscription } from "@/lib/subscriptions/schema";
import { formatDay } from "@/lib/time";
import { CancelForm } from "../../_components/cancel-form";

export const metadata = { title: "Cancel a plan" };

/** Everything about leaving on one page: what stays, what ends, what is not paid back, and the button. */
export default async function CancelPage({ params }: { params: Promise<{ family: string }> }) {
  const [ctx, asked] = await Promise.all([pageCtx(), params]);
  const family = PLAN_FAMILIES.find((one) => one === asked.family);
  if (!family || !ROLE_SCOPES[ctx.actor.role].includes("billing:cancel")) notFound();
  const { subscription } = await findSubscription(ctx, { family });
  if (!subscription?.can.includes("cancel")) redirect("/dashboard/billing");

  return (
    <>
      <p className="pt-5 text-13 sm:pt-8">
        <Link href="/dashboard/billing">Billing</Link>
      </p>
      <PageHead title={`Cancel ${subscription.plan.title}`} />
      <div className="mt-6 grid gap-x-14 gap-y-8 lg:grid-cols-2">
        <Facts subscription={subscription} />
        <CancelForm family={family} endsOn={endOf(subscription)} />
      </div>
    </>
  );
}

const endOf = ({ currentPeriodEnd, trialEndsAt }: Subscription): string =>
  formatDay(trialEndsAt ?? currentPeriodEnd ?? new Date());

const STAYS = {
  rooms: "Rooms, their links and what took place in them are kept. No call begins without a plan.",
  compute: "What you stored is kept. Nothing new runs without a plan.",
  gateway: "Keys are kept. Calls are refused without a plan. What was used until then is billed.",
};

const Facts = ({ subscription }: { subscription: Subscription }) => (
  <ul className="grid max-w-measure content-start gap-3 border-t border-ink pt-5 text-ink-soft">
    <li>
      Everything in the plan stays until <b className="font-semibold text-ink">{endOf(subscription)}</b>. Until then you
      can undo this.
    </li>
    <li>It is not charged again. What is paid is not paid back.</li>
    <li>{STAYS[subscription.family]}</li>
    <li>Your wallet, credits and invoices are yours as before.</li>
  </ul>
);
