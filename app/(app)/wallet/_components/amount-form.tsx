"use client";

import { useState } from "react";
import { Choice } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Form, type FormRefusal } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { formatMoney, toDecimal } from "@/lib/money";
import { leastTopUp, mostTopUp, presetTopUps } from "@/lib/wallet/rules";

const OTHER = "other";
const OPTIONS = [
  ...presetTopUps.map((amount) => ({ value: toDecimal(amount), label: formatMoney(amount).replace(".00", "") })),
  { value: OTHER, label: "Other" },
];
const USUAL = "25.00";

type AmountFormProps = { onChosen: (topUp: string) => Promise<FormRefusal | undefined> };

/** How much: one of four amounts, or any other between the least and the most. */
export function AmountForm({ onChosen }: AmountFormProps) {
  const [chosen, setChosen] = useState(USUAL);
  const submit = (form: FormData) => onChosen(chosen === OTHER ? String(form.get("topUp")).trim() : chosen);

  return (
    <Form action="Go on to pay" pending="Preparing" look={{ variant: "book" }} onSubmit={submit}>
      {(wrong) => (
        <div className="grid justify-items-start gap-5">
          <Choice label="Amount" options={OPTIONS} value={chosen} onChange={setChosen} />
          {chosen === OTHER && (
            <Field
              label="Amount in dollars"
              hint={`${formatMoney(leastTopUp)} to ${formatMoney(mostTopUp)}.`}
              error={wrong.topUp}
              className="w-full max-w-[220px]"
              required
            >
              <Input name="topUp" prefix="$" inputMode="decimal" autoComplete="off" maxLength={12} autoFocus />
            </Field>
          )}
        </div>
      )}
    </Form>
  );
}
