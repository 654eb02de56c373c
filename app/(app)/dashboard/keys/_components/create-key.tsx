"use client";

import { type FormEvent, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogContent } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Refusal } from "@/components/ui/refusal";
import { Select } from "@/components/ui/select";
import type { ActionError } from "@/lib/http/action";
import type { KeyLabel } from "@/lib/keys/schema";
import { FIRST_KEY_SCOPES } from "@/lib/scopes";
import { createKeyAction } from "../actions";
import { KeyFields } from "./key-fields";
import { keyInput } from "./key-input";

const KINDS: { value: KeyLabel; label: string; hint: string }[] = [
  { value: "mk", label: "Secret, mk_", hint: "For your servers. Whoever holds it acts for this account." },
  { value: "nk", label: "Secret, nk_", hint: "The same, under the name that gateway clients expect." },
  { value: "mpk", label: "Publishable, mpk_", hint: "For a page that others read. It can only join rooms." },
];

const EMPTY = { name: "", scopes: FIRST_KEY_SCOPES, allowedOrigins: [], lastDay: "" };

type CreateKeyProps = { today: string; onCreated: (made: { name: string; key: string }) => void };

export function CreateKey({ today, onCreated }: CreateKeyProps) {
  const [kind, setKind] = useState<KeyLabel>("mk");
  const [error, setError] = useState<ActionError>();
  const [busy, start] = useTransition();
  const publishable = kind === "mpk";

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { scopes, ...input } = keyInput(new FormData(event.currentTarget));
    start(async () => {
      const answer = await createKeyAction({ ...input, label: kind, ...(!publishable && { scopes }) });
      if (answer.ok) return onCreated(answer.data);
      setError(answer.error);
    });
  };

  return (
    <DialogContent
      title="Create a key"
      footer={
        <>
          <DialogClose asChild>
            <Button variant="line">Cancel</Button>
          </DialogClose>
          <Button type="submit" form="create-key" pending={busy && "Creating"}>
            Create key
          </Button>
        </>
      }
    >
      <form id="create-key" onSubmit={submit} noValidate className="grid gap-5">
        <Field label="Kind" hint={KINDS.find(({ value }) => value === kind)?.hint}>
          <Select
            options={KINDS}
            value={kind}
            onChange={({ target }) => setKind(KINDS.find(({ value }) => value === target.value)?.value ?? "mk")}
          />
        </Field>
        <KeyFields error={error} today={today} initial={EMPTY} publishable={publishable} />
        <Refusal of={error?.fields ? undefined : error} />
      </form>
    </DialogContent>
  );
}
