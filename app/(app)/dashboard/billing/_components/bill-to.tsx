import { type ReactNode, Suspense } from "react";
import { PageSection } from "@/app/(app)/_components/page-head";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { getBillTo } from "@/lib/bill-to/queries";
import type { BillTo as Payer } from "@/lib/bill-to/schema";
import type { Ctx, UserActor } from "@/lib/ctx";
import { isAppError } from "@/lib/errors";
import { BillToForm } from "./bill-to-form";

type BillToProps = { ctx: Ctx<UserActor>; mayChange: boolean };

/** Who stands on the invoices. It is asked of Stripe, so the rest of the page does not wait for it. */
export const BillTo = (props: BillToProps) => (
  <PageSection title="Billing details">
    <div className="border-t border-ink pt-4">
      <Suspense fallback={<Waiting />}>
        <Asked {...props} />
      </Suspense>
    </div>
  </PageSection>
);

async function Asked({ ctx, mayChange }: BillToProps): Promise<ReactNode> {
  const payer = await orUnknown(getBillTo(ctx));
  if (!payer)
    return (
      <Notice tone="hold" title="Stripe does not answer just now.">
        The billing details are kept there. Open the page again in a moment.
      </Notice>
    );
  return mayChange ? <BillToForm payer={payer} /> : <Facts payer={payer} />;
}

/** Without an answer the plans and invoices beside it still show. */
async function orUnknown(asked: Promise<Payer>): Promise<Payer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isAppError(error) && ["unavailable", "outcome_unknown"].includes(error.code)) return undefined;
    throw error;
  }
}

const Facts = ({ payer: { name, email, address, taxId } }: { payer: Payer }) => (
  <address className="text-ink-soft not-italic">
    {[name, address?.line1, address?.line2, address?.postalCode, address?.city, address?.country, email, taxId]
      .filter(Boolean)
      .join(", ") || "Nothing yet. Whoever may change billing can set it."}
  </address>
);

const Waiting = () => (
  <div role="status" aria-label="Loading the billing details" className="grid gap-4">
    <Skeleton className="w-2/3" />
    <Skeleton className="w-1/2" />
  </div>
);
