import Link from "next/link";
import { redirect } from "next/navigation";
import { visitor } from "@/lib/http/page";
import { findPlan } from "@/lib/plans/catalogue";
import { isPlanName } from "@/lib/registration/rules";
import { AuthPage } from "../_components/auth-page";
import { carried, nextForPlan } from "../_components/next-path";
import { ChosenPlan } from "./_components/chosen-plan";
import { RegisterForm } from "./_components/register-form";
import { SignedIn } from "./_components/signed-in";
import { StartingSlip } from "./_components/starting-slip";

export const metadata = { title: "Open an account" };

type Asked = Partial<Record<"next" | "plan" | "interval", string | string[]>>;
type Props = { searchParams: Promise<Asked> };

export default async function RegisterPage({ searchParams }: Props) {
  const [ctx, asked] = await Promise.all([visitor(), searchParams]);
  const planName = typeof asked.plan === "string" && isPlanName(asked.plan) ? asked.plan : undefined;
  const plan = planName === undefined ? undefined : findPlan(planName);
  const interval = asked.interval === "year" ? "year" : "month";
  const next = nextForPlan(asked.next, plan && { id: plan.id, interval });
  if (ctx && plan) return <SignedIn plan={plan} interval={interval} next={next} />;
  if (ctx) redirect(next);

  return (
    <AuthPage
      title="Open an account."
      intro={
        <>
          Have one already? <Link href={carried("/login", { next, plan: planName })}>Sign in</Link>
        </>
      }
      look="coral"
      slip={<StartingSlip hasPlan={plan !== undefined} />}
    >
      {plan && <ChosenPlan plan={plan} interval={interval} />}
      <RegisterForm next={next} plan={planName} />
    </AuthPage>
  );
}
