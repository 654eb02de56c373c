"use client";

import { type FormEvent, useState } from "react";
import { IntervalChoice } from "@/app/(marketing)/_components/interval-choice";
import { toPriceTag } from "@/components/brand/amounts";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Refusal, type Refused } from "@/components/ui/refusal";
import { Stamp } from "@/components/ui/tag";
import { askedPrice, savedInAYear } from "@/lib/plans/calculate";
import type { BillingInterval, Plan } from "@/lib/plans/catalogue";
import type { Subscription } from "@/lib/subscriptions/schema";
import { holdsWords } from "./holds-words";
import type { Wanted } from "./plan-desk";
import { perInterval } from "./plan-words";

type ChoosePlanProps = {
  plans: Plan[];
  subscription: Subscription | undefined;
  trialDays: number;
  asked: { planId: string; interval: BillingInterval } | undefined;
  refused: Refused | undefined;
  busy: boolean;
  onChoose: (wanted: Wanted) => void;
};

export function ChoosePlan({ plans, subscription, trialDays, asked, refused, busy, onChoose }: ChoosePlanProps) {
  const others = plans.filter(({ id }) => id !== subscription?.plan.id);
  const [planId, setPlanId] = useState(asked?.planId ?? others[0]?.id ?? plans[0]?.id ?? "");
  const [interval, setInterval] = useState<BillingInterval>(asked?.interval ?? subscription?.interval ?? "month");
  const [code, setCode] = useState("");
  const chosen = plans.find(({ id }) => id === planId);
  const isSame =
    chosen?.id === subscription?.plan.id && chosen && askedPrice(chosen, interval).interval === subscription?.interval;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!chosen || busy) return;
    onChoose({
      planId: chosen.id,
      interval: askedPrice(chosen, interval).interval,
      ...(code.trim() && { promotionCode: code.trim() }),
    });
  };

  return (
    <form onSubmit={submit} noValidate className="grid gap-5">
      {plans.some(({ yearlyPrice }) => yearlyPrice !== null) && (
        <IntervalChoice label="Paid" value={interval} onChange={setInterval} />
      )}
      <fieldset className="grid gap-2">
        <legend className="sr-only">Plan</legend>
        {plans.map((plan) => (
          <PlanRow
            key={plan.id}
            plan={plan}
            interval={interval}
            isPresent={plan.id === subscription?.plan.id}
            isChosen={plan.id === planId}
            onChoose={() => setPlanId(plan.id)}
          />
        ))}
      </fieldset>
      <Field label="Code" hint="If you were given one.">
        <Input value={code} onChange={(event) => setCode(event.target.value)} maxLength={60} className="sm:w-56" />
      </Field>
      <div className="flex flex-wrap items-center justify-end gap-x-5 gap-y-3 border-t border-rule pt-5">
        <Refusal of={refused} />
        {!subscription && trialDays > 0 && chosen && chosen.monthlyPrice > 0 && (
          <p className="text-13 text-ink-soft">The first {trialDays} days are free.</p>
        )}
        <Button type="submit" size="big" disabled={Boolean(isSame)} pending={busy && "Asking the price"}>
          {subscription ? "See what it costs" : "Go on"}
        </Button>
      </div>
    </form>
  );
}

type PlanRowProps = {
  plan: Plan;
  interval: BillingInterval;
  isPresent: boolean;
  isChosen: boolean;
  onChoose: () => void;
};

function PlanRow({ plan, interval: wanted, isPresent, isChosen, onChoose }: PlanRowProps) {
  const { amount, interval } = askedPrice(plan, wanted);
  return (
    <label
      className={cx(
        "grid cursor-pointer grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1 rounded-control border p-4 transition-colors",
        "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ink",
        isChosen ? "border-book shadow-[inset_0_0_0_1px_var(--book)]" : "border-rule-firm hover:border-ink",
      )}
    >
      <input type="radio" name="plan" value={plan.id} checked={isChosen} onChange={onChoose} className="sr-only" />
      <span className="flex flex-wrap items-center gap-2 font-semibold">
        {plan.name}
        {isPresent && <Stamp>Yours now</Stamp>}
      </span>
      <span className="text-right whitespace-nowrap tabular-nums">
        <b className="font-semibold">{toPriceTag(amount)}</b> {perInterval(interval)}
      </span>
      <span className="text-13 text-ink-soft">{holdsWords(plan)}</span>
      {interval === "year" && (
        <span className="text-right text-13 text-ink-soft">{toPriceTag(savedInAYear(plan))} saved</span>
      )}
    </label>
  );
}
