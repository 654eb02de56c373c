"use client";

import { Choice } from "@/components/ui/choice";
import type { BillingInterval } from "@/lib/plans/catalogue";

const INTERVALS = [
  { value: "month", label: "By the month" },
  { value: "year", label: "By the year" },
];

type IntervalChoiceProps = {
  label: string;
  value: BillingInterval;
  onChange: (interval: BillingInterval) => void;
  className?: string;
};

export const IntervalChoice = ({ label, value, onChange, className }: IntervalChoiceProps) => (
  <div className={className}>
    <Choice
      label={label}
      options={INTERVALS}
      value={value}
      onChange={(chosen) => onChange(chosen === "year" ? "year" : "month")}
    />
  </div>
);
