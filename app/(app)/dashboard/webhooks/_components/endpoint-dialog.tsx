"use client";

import { type FormEvent, type ReactNode, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogContent } from "@/components/ui/dialog";
import { Refusal } from "@/components/ui/refusal";
import type { ActionError, ActionResult } from "@/lib/http/action";

type EndpointDialogProps<T> = {
  title: string;
  description?: ReactNode;
  action: string;
  pending: string;
  save: (form: FormData) => Promise<ActionResult<T>>;
  onDone: (made: T) => void;
  children: (error: ActionError | undefined) => ReactNode;
};

/** A form in a dialog that says what was refused beside its fields. */
export function EndpointDialog<T>({
  title,
  description,
  action,
  pending,
  save,
  onDone,
  children,
}: EndpointDialogProps<T>) {
  const [error, setError] = useState<ActionError>();
  const [busy, start] = useTransition();

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    start(async () => {
      const answer = await save(form);
      if (answer.ok) return onDone(answer.data);
      setError(answer.error);
    });
  };

  return (
    <DialogContent
      title={title}
      description={description}
      footer={
        <>
          <DialogClose asChild>
            <Button variant="line">Cancel</Button>
          </DialogClose>
          <Button type="submit" form="endpoint" pending={busy && pending}>
            {action}
          </Button>
        </>
      }
    >
      <form id="endpoint" onSubmit={submit} noValidate className="grid gap-5">
        {children(error)}
        <Refusal of={error?.fields ? undefined : error} />
      </form>
    </DialogContent>
  );
}
