import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button-link";

export type Step = {
  title: string;
  why: string;
  done: boolean;
  /** Where it is done, and the words on the button. */
  href: string;
  label: string;
};

/** A newcomer's way in, as a ledger whose entries settle one by one. */
export function StepLedger({ steps }: { steps: Step[] }) {
  const next = steps.find(({ done }) => !done);
  return (
    <ol className="border-t border-ink">
      {steps.map((step, index) => (
        <li
          key={step.title}
          className="grid grid-cols-[32px_minmax(0,1fr)] items-center gap-x-3 gap-y-3 border-b border-rule py-3.5 sm:grid-cols-[32px_minmax(0,1fr)_auto]"
        >
          <Tick done={step.done}>{index + 1}</Tick>
          <div className="min-w-0">
            <p className={step.done ? "text-ink-soft" : "font-semibold"}>
              {step.title}
              <span className="sr-only">{step.done ? ", done" : ", still open"}</span>
            </p>
            <p className="text-13 text-ink-faint">{step.why}</p>
          </div>
          {!step.done && (
            <ButtonLink
              href={step.href}
              size="small"
              variant={step === next ? "ink" : "line"}
              className="max-sm:col-start-2 max-sm:justify-self-start"
            >
              {step.label}
            </ButtonLink>
          )}
        </li>
      ))}
    </ol>
  );
}

const Tick = ({ done, children }: { done: boolean; children: ReactNode }) => (
  <span
    aria-hidden="true"
    className={`grid size-7 place-items-center rounded-full text-13 tabular-nums ${done ? "bg-book-wash text-book" : "border border-rule-firm text-ink-soft"}`}
  >
    {done ? <Check className="size-4" strokeWidth={2} /> : children}
  </span>
);
