"use client";

import { useState } from "react";
import { toPriceTag } from "@/components/brand/amounts";
import { Price } from "@/components/brand/price";
import { ButtonLink } from "@/components/ui/button-link";
import type { Micros } from "@/lib/money";
import { askedPrice, savedInAYear } from "@/lib/plans/calculate";
import type { BillingInterval } from "@/lib/plans/catalogue";
import { IntervalChoice } from "./interval-choice";

export type ComparedPlan = {
  id: string;
  name: string;
  monthlyPrice: Micros;
  yearlyPrice: Micros | null;
  isSuggested: boolean;
};
export type ComparedRow = { label: string; values: string[] };

type PlanComparisonProps = { caption: string; plans: ComparedPlan[]; rows: ComparedRow[] };
type At = { interval: BillingInterval };

/** Plans side by side under rules; on a phone one after the other. */
export function PlanComparison(asked: PlanComparisonProps) {
  const [interval, setInterval] = useState<BillingInterval>("month");
  const props = { ...asked, interval };
  return (
    <>
      {asked.plans.some(({ yearlyPrice }) => yearlyPrice !== null) && (
        <IntervalChoice label={`${asked.caption}, paid`} value={interval} onChange={setInterval} className="mt-6" />
      )}
      <WideTable {...props} />
      <div className="mt-6 grid gap-10 sm:hidden">
        {props.plans.map((plan, index) => (
          <NarrowPlan
            key={plan.id}
            plan={plan}
            interval={interval}
            rows={props.rows.map(({ label, values }) => ({ label, value: values[index] ?? "" }))}
          />
        ))}
      </div>
    </>
  );
}

function WideTable({ caption, plans, rows, interval }: PlanComparisonProps & At) {
  return (
    <table className="mt-6 w-full table-fixed border-collapse text-left tabular-nums max-sm:hidden">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="border-b border-ink align-bottom">
          <td />
          {plans.map((plan) => (
            <th key={plan.id} scope="col" className="pr-4 pb-4 font-normal">
              <span className="mb-2 block font-[550]">{plan.name}</span>
              <PlanPrice plan={plan} interval={interval} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, values }) => (
          <tr key={label} className="border-b border-rule">
            <th scope="row" className="py-[11px] pr-4 font-normal text-ink-soft">
              {label}
            </th>
            {plans.map((plan, index) => (
              <td key={plan.id} className="py-[11px] pr-4">
                {values[index]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td />
          {plans.map((plan) => (
            <td key={plan.id} className="pt-5 pr-4">
              <TakePlan plan={plan} interval={interval} />
            </td>
          ))}
        </tr>
      </tfoot>
    </table>
  );
}

type NarrowPlanProps = At & { plan: ComparedPlan; rows: { label: string; value: string }[] };

function NarrowPlan({ plan, rows, interval }: NarrowPlanProps) {
  return (
    <article>
      <div className="flex items-baseline justify-between border-b border-ink pb-2">
        <h3 className="font-[550]">{plan.name}</h3>
        <PlanPrice plan={plan} interval={interval} size={39} />
      </div>
      <dl className="mb-4">
        {rows.map(({ label, value }) => (
          <div key={label} className="flex justify-between gap-4 border-b border-rule py-2.5">
            <dt className="text-ink-soft">{label}</dt>
            <dd className="text-right tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <TakePlan plan={plan} interval={interval} wide />
    </article>
  );
}

function PlanPrice({ plan, interval: wanted, size }: At & { plan: ComparedPlan; size?: 39 }) {
  const { amount, interval } = askedPrice(plan, wanted);
  const saved = savedInAYear(plan);
  return (
    <span className="grid gap-1">
      <Price amount={amount} per={interval === "year" ? "a year" : "a month"} {...(size && { size })} />
      {wanted === "year" && (
        <span className="text-13 text-ink-soft">
          {interval === "year" ? `${toPriceTag(saved)} less than twelve months` : "By the month only"}
        </span>
      )}
    </span>
  );
}

const TakePlan = ({ plan, interval, wide }: At & { plan: ComparedPlan; wide?: boolean }) => (
  <ButtonLink href={takeHref(plan, interval)} variant={plan.isSuggested ? "ink" : "line"} wide={wide}>
    Take {plan.name}
  </ButtonLink>
);

/** Where a plan is taken from, with the interval that was looked at. */
export const takeHref = (plan: Pick<ComparedPlan, "id" | "yearlyPrice" | "monthlyPrice">, wanted: BillingInterval) =>
  `/register?plan=${plan.id}${askedPrice(plan, wanted).interval === "year" ? "&interval=year" : ""}`;
