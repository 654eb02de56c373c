"use client";

import { type FormEvent, type ReactNode, useId, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogContent } from "@/components/ui/dialog";
import type { FormRefusal } from "@/components/ui/form";
import { overTheLine } from "@/components/ui/over-the-line";
import { Refusal } from "@/components/ui/refusal";

type FormDialogProps = {
  title: string;
  action: string;
  pending: string;
  /** Answers with the refusal, or with nothing when the form was taken. */
  onSubmit: (form: FormData) => Promise<FormRefusal | undefined>;
  children: (wrong: Record<string, string>) => ReactNode;
};

/** A form in a dialog, whose button stays in sight. */
export function FormDialog({ title, action, pending, onSubmit, children }: FormDialogProps) {
  const id = useId();
  const [refusal, setRefusal] = useState<FormRefusal>();
  const [busy, start] = useTransition();

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    start(async () => setRefusal(await overTheLine(onSubmit(form))));
  };

  return (
    <DialogContent
      title={title}
      footer={
        <>
          <DialogClose asChild>
            <Button variant="line">Cancel</Button>
          </DialogClose>
          <Button type="submit" form={id} pending={busy && pending}>
            {action}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={submit} noValidate className="grid gap-5">
        {children(refusal?.fields ?? {})}
        <Refusal of={refusal?.fields ? undefined : refusal} />
      </form>
    </DialogContent>
  );
}
