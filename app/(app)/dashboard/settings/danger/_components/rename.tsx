"use client";

import { type FormEvent, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { renameAction } from "../actions";

export function RenameForm({ name }: { name: string }) {
  const [refusal, setRefusal] = useState<string>();
  const [busy, start] = useTransition();

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wanted = String(new FormData(event.currentTarget).get("name") ?? "");
    start(async () => {
      const answer = await renameAction({ name: wanted });
      setRefusal(answer.ok ? undefined : answer.error.message);
      if (answer.ok) toast.settled("The account was renamed.");
    });
  };

  return (
    <form onSubmit={submit} noValidate className="flex items-end gap-2">
      <Field label="Account name" error={refusal} className="min-w-0 flex-1 sm:w-[220px]" required>
        <Input name="name" defaultValue={name} maxLength={80} autoComplete="off" />
      </Field>
      <Button type="submit" variant="line" pending={busy && "Saving"}>
        Save
      </Button>
    </form>
  );
}
