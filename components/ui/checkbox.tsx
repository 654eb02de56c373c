import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";

type TickProps = Omit<ComponentProps<"input">, "type" | "role"> & { label: ReactNode; hint?: ReactNode };

const box = [
  "mt-[1.5px] grid size-[18px] shrink-0 appearance-none place-items-center rounded-[4px] border border-rule-firm bg-paper-raised transition-colors",
  "checked:border-ink checked:bg-ink aria-invalid:border-danger disabled:opacity-50",
  "after:h-[5px] after:w-[9px] after:-translate-y-[1.5px] after:-rotate-45 after:border-b-2 after:border-l-2 after:border-paper checked:after:content-['']",
];

const track = [
  "mt-[0.5px] flex h-5 w-[34px] shrink-0 appearance-none items-center rounded-full border border-rule-firm bg-paper-raised px-[3px] transition-colors",
  "checked:border-ink checked:bg-ink disabled:opacity-50",
  "after:size-3 after:rounded-full after:bg-rule-firm after:transition-transform after:content-[''] checked:after:translate-x-[14px] checked:after:bg-paper",
];

export const Checkbox = (props: TickProps) => <Tick look={cx(...box)} {...props} />;

export const Switch = (props: TickProps) => <Tick role="switch" look={cx(...track)} {...props} />;

function Tick({ look, label, hint, className, ...rest }: TickProps & { look: string; role?: "switch" }) {
  return (
    <label className={cx("flex items-start gap-2.5 touch:min-h-11 touch:py-2", className)}>
      <input type="checkbox" className={look} {...rest} />
      <span className="min-w-0">
        {label}
        {hint && <span className="block text-13 text-ink-faint">{hint}</span>}
      </span>
    </label>
  );
}
