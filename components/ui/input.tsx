"use client";

import type { ComponentProps } from "react";
import { controlClass } from "./control-style";
import { useFieldProps } from "./field";

type InputProps = ComponentProps<"input"> & {
  /** A sign that belongs to the value but is not typed, such as "$". */
  prefix?: string;
};

export function Input({ prefix, className, id, required, ...rest }: InputProps) {
  const field = useFieldProps({ id, required });
  if (!prefix) return <input className={controlClass(className)} {...field} {...rest} />;
  return (
    <span className="relative block">
      <span
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 left-3.5 flex items-center text-ink-faint"
      >
        {prefix}
      </span>
      <input className={controlClass(`pl-7 tabular-nums ${className ?? ""}`)} {...field} {...rest} />
    </span>
  );
}
