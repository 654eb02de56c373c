"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type ColourFieldProps = {
  label: string;
  error: string | undefined;
  value: string;
  example: string;
  onChange: (colour: string) => void;
};

export const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text);

/** A colour to pick from the platform's own wheel, or to paste. */
export const ColourField = ({ label, error, value, example, onChange }: ColourFieldProps) => (
  <Field label={label} error={error} hint="As #rrggbb. Left empty, it is the house’s.">
    <span className="flex gap-2">
      <Input
        value={value}
        placeholder={example}
        onChange={(event) => onChange(event.target.value)}
        spellCheck={false}
        className="min-w-0 flex-1 font-mono"
      />
      <input
        type="color"
        aria-label={`${label}, picked`}
        value={isColour(value) ? value.toLowerCase() : example}
        onChange={(event) => onChange(event.target.value)}
        className="h-[42px] w-14 shrink-0 cursor-pointer rounded-control border border-rule-firm bg-paper-raised p-1 disabled:cursor-not-allowed disabled:opacity-50"
      />
    </span>
  </Field>
);
