import { ButtonLink } from "@/components/ui/button-link";
import type { BillingInterval, Plan } from "@/lib/plans/catalogue";
import { AuthPage } from "../../_components/auth-page";
import { ChosenPlan } from "./chosen-plan";
import { StartingSlip } from "./starting-slip";

type SignedInProps = { plan: Plan; interval: BillingInterval; next: string };

/** Somebody who has an account and pressed a plan is answered here instead of being sent on without a word. */
export const SignedIn = ({ plan, interval, next }: SignedInProps) => (
  <AuthPage
    title="You have an account."
    intro="You are signed in, so there is nothing to open."
    look="coral"
    slip={<StartingSlip hasPlan />}
  >
    <ChosenPlan plan={plan} interval={interval} />
    <ButtonLink href={next}>Go on to the plan</ButtonLink>
  </AuthPage>
);
