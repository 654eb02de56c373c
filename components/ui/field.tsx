"use client";

import { createContext, type ReactNode, useContext, useId } from "react";
import { cx } from "./cx";

type FieldParts = { controlId: string; describedBy: string | undefined; invalid: boolean; required: boolean };

const FieldContext = createContext<FieldParts | null>(null);

type FieldProps = {
  label: string;
  children: ReactNode;
  hint?: ReactNode;
  /** The sentence that says what is wrong. Announced when it appears. */
  error?: ReactNode;
  required?: boolean;
  /** Stands at the end of the label's line, such as "Forgot it?". */
  aside?: ReactNode;
  className?: string;
};

/** Wires label, hint and error to the one control inside it. */
export function Field({ label, children, hint, error, required = false, aside, className }: FieldProps) {
  const id = useId();
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ");
  const parts = { controlId: id, describedBy: described || undefined, invalid: Boolean(error), required };

  return (
    <FieldContext value={parts}>
      <div className={cx("grid content-start gap-1.5", className)}>
        <div className="flex items-baseline justify-between gap-4 text-13">
          <label htmlFor={id} className="font-[550]">
            {label}
          </label>
          {aside}
        </div>
        {children}
        <p id={`${id}-error`} role="alert" className="text-13 text-danger empty:hidden">
          {typeof error === "string" ? inWordsOf(label, error) : error}
        </p>
        {hint && (
          <p id={`${id}-hint`} className="text-13 text-ink-faint">
            {hint}
          </p>
        )}
      </div>
    </FieldContext>
  );
}

/** "name must not be empty." names the field as a program does; a reader knows it by its label. */
const inWordsOf = (label: string, sentence: string) => sentence.replace(/^[a-z][\w.]*(?= (?:must|is)\b)/, label);

type ControlProps = { id?: string | undefined; required?: boolean | undefined };

/** What a control inside a field must carry. Outside of one it adds nothing. */
export function useFieldProps({ id, required }: ControlProps) {
  const field = useContext(FieldContext);
  return {
    id: id ?? field?.controlId,
    required: required ?? field?.required,
    "aria-describedby": field?.describedBy,
    "aria-invalid": field?.invalid || undefined,
  };
}
