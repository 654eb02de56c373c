"use client";

import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { changeAutoTopUpAction } from "../actions";
import { orRefused } from "./or-refused";
import { sentenceFor } from "./wallet-words";

export type AutoValues = { threshold: string; amount: string; monthlyCap: string };

const BEGIN: AutoValues = { threshold: "10.00", amount: "25.00", monthlyCap: "100.00" };
const FIELDS = [
  { name: "threshold", label: "Below a balance of" },
  { name: "amount", label: "Add" },
  { name: "monthlyCap", label: "In a month at most" },
] as const;

/** How the wallet fills itself. Without values it does not. */
export function AutoTopUp({ values }: { values: AutoValues | null }) {
  const submit = async (form: FormData) => {
    const read = (name: keyof AutoValues) => String(form.get(name) ?? "").trim();
    const autoTopUp = { threshold: read("threshold"), amount: read("amount"), monthlyCap: read("monthlyCap") };
    const answer = await orRefused(changeAutoTopUpAction({ autoTopUp }));
    if (!answer.ok) return { ...answer.error, fields: sentenceFor(answer.error) };
    toast.settled(values ? "Automatic top-up is changed" : "Automatic top-up is on");
  };

  return (
    <Form
      action={values ? "Save" : "Turn it on"}
      pending="Saving"
      look={{ variant: "line" }}
      onSubmit={submit}
      aside={values && <TurnOff />}
    >
      {(wrong) => (
        <div className="grid gap-4 sm:grid-cols-3">
          {FIELDS.map(({ name, label }) => (
            <Field key={name} label={label} error={wrong[name]} required>
              <Input
                name={name}
                prefix="$"
                inputMode="decimal"
                autoComplete="off"
                maxLength={12}
                defaultValue={(values ?? BEGIN)[name]}
              />
            </Field>
          ))}
        </div>
      )}
    </Form>
  );
}

function TurnOff() {
  const [busy, start] = useTransition();
  const turn = () =>
    start(async () => {
      const answer = await orRefused(changeAutoTopUpAction({ autoTopUp: null }));
      if (!answer.ok) return toast.loss("Not changed", { body: answer.error.message });
      toast.plain("Automatic top-up is off", { body: "Nothing is charged by itself any more." });
    });
  return (
    <Button variant="quiet" onClick={turn} pending={busy && "Turning off"}>
      Turn it off
    </Button>
  );
}
