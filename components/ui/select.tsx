"use client";

import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { controlClass } from "./control-style";
import { cx } from "./cx";
import { useFieldProps } from "./field";

type Option = { value: string; label: string; disabled?: boolean };

/** The platform's own list: phones show their wheel, and a form works before any script has loaded. */
export function Select({
  options,
  className,
  id,
  required,
  ...rest
}: ComponentProps<"select"> & { options: Option[] }) {
  const field = useFieldProps({ id, required });
  return (
    <span className={cx("relative block", className)}>
      <select className={controlClass("appearance-none pr-9")} {...field} {...rest}>
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-ink-soft"
      />
    </span>
  );
}
