"use client";

import type { ComponentProps } from "react";
import { controlClass } from "./control-style";
import { useFieldProps } from "./field";

export function Textarea({ className, id, required, rows = 4, ...rest }: ComponentProps<"textarea">) {
  const field = useFieldProps({ id, required });
  return <textarea rows={rows} className={controlClass(`py-2 ${className ?? ""}`)} {...field} {...rest} />;
}
