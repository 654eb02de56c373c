"use client";

import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { setLimitsAction } from "../actions";
import { orRefused } from "./or-refused";
import { sentenceFor } from "./wallet-words";

type LimitsProps = {
  daily: string;
  weekly: string;
  /** "$3.00 in the last 24 hours." */
  spent: { day: string; week: string };
};

const typed = (form: FormData, name: string): string | null => String(form.get(name) ?? "").trim() || null;

/** The most that may be spent. An empty field is no limit. */
export function Limits({ daily, weekly, spent }: LimitsProps) {
  const submit = async (form: FormData) => {
    const answer = await orRefused(setLimitsAction({ daily: typed(form, "daily"), weekly: typed(form, "weekly") }));
    if (!answer.ok) return { ...answer.error, fields: sentenceFor(answer.error) };
    toast.settled("The limits are set", answer.data.waits ? { body: "What is looser holds from tomorrow." } : {});
  };

  return (
    <Form action="Set limits" pending="Setting" look={{ variant: "line" }} onSubmit={submit}>
      {(wrong) => (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="In 24 hours at most" hint={spent.day} error={wrong.daily}>
            <Money name="daily" value={daily} />
          </Field>
          <Field label="In 7 days at most" hint={spent.week} error={wrong.weekly}>
            <Money name="weekly" value={weekly} />
          </Field>
        </div>
      )}
    </Form>
  );
}

const Money = ({ name, value }: { name: string; value: string }) => (
  <Input
    name={name}
    prefix="$"
    inputMode="decimal"
    autoComplete="off"
    maxLength={12}
    placeholder="No limit"
    defaultValue={value}
  />
);
