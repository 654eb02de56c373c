"use client";

import { type FormEvent, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Switch } from "@/components/ui/checkbox";
import { DialogClose, DialogContent } from "@/components/ui/dialog";
import { Refusal } from "@/components/ui/refusal";
import { toast } from "@/components/ui/toast";
import type { ActionError } from "@/lib/http/action";
import { updateKeyAction } from "../actions";
import { KeyFields } from "./key-fields";
import { keyInput } from "./key-input";
import type { KeyRow } from "./key-row";

export function ChangeKey({ row, today, onDone }: { row: KeyRow; today: string; onDone: () => void }) {
  const [error, setError] = useState<ActionError>();
  const [busy, start] = useTransition();
  const publishable = row.label === "mpk";

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const { scopes, expiresAt, ...input } = keyInput(form);
    const changes = {
      ...input,
      ...(!publishable && { scopes, allowQuery: form.has("allowQuery") }),
      // An expiry that was not touched keeps its hour, and one that has passed does not stand in the way.
      ...(form.get("lastDay") !== row.lastDay && { expiresAt }),
    };
    start(async () => {
      const answer = await updateKeyAction({ id: row.id, changes });
      if (!answer.ok) return setError(answer.error);
      toast.settled("Key changed", { body: `${input.name} is what you made it, on every server within a second.` });
      onDone();
    });
  };

  return (
    <DialogContent
      title="Change the key"
      description={<span className="font-mono">{row.masked}</span>}
      footer={
        <>
          <DialogClose asChild>
            <Button variant="line">Cancel</Button>
          </DialogClose>
          <Button type="submit" form="change-key" pending={busy && "Saving"}>
            Save changes
          </Button>
        </>
      }
    >
      <form id="change-key" onSubmit={submit} noValidate className="grid gap-5">
        <KeyFields error={withoutPath(error)} today={today} initial={row} publishable={publishable} />
        {!publishable && (
          <Switch
            name="allowQuery"
            defaultChecked={row.allowQuery}
            label="Accept it in an address"
            hint="?api_key= below /api/v1 only. Addresses end up in logs, so switch this off when nothing needs it."
          />
        )}
        <Refusal of={error?.fields ? undefined : error} />
      </form>
    </DialogContent>
  );
}

/** The action names a field by where it stands in its input. */
function withoutPath(error: ActionError | undefined): ActionError | undefined {
  if (!error?.fields) return error;
  return {
    ...error,
    fields: Object.fromEntries(
      Object.entries(error.fields).map(([name, sentence]) => [name.replace(/^changes\./, ""), sentence]),
    ),
  };
}
