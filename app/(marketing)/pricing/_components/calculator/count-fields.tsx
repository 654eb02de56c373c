"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type CountField = {
  name: string;
  label: string;
  hint?: string;
  value: string;
  error: string | undefined;
  set: (text: string) => void;
};

export const CountFields = ({ fields }: { fields: CountField[] }) => (
  <div className="grid grid-cols-2 content-start gap-x-5 gap-y-5">
    {fields.map(({ name, label, hint, value, error, set }) => (
      <Field key={name} label={label} error={error} hint={hint}>
        <Input
          name={name}
          inputMode="numeric"
          autoComplete="off"
          className="tabular-nums"
          value={value}
          onChange={(event) => set(event.target.value)}
        />
      </Field>
    ))}
  </div>
);
