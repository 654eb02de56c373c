"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Refusal } from "@/components/ui/refusal";
import { Textarea } from "@/components/ui/textarea";
import type { ActionError } from "@/lib/http/action";
import { openRequestAction } from "../actions";

export function AskDialog() {
  const [error, setError] = useState<ActionError>();
  const [busy, start] = useTransition();
  const router = useRouter();

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "").trim();
    start(async () => {
      const answer = await openRequestAction({
        subject: text("subject"),
        message: text("message"),
        relatesTo: text("relatesTo"),
      });
      if (answer.ok) return router.push(`/support/${answer.data.id}`);
      setError(answer.error);
    });
  };

  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button>Ask for help</Button>
      </DialogTrigger>
      <DialogContent
        title="Ask for help"
        footer={
          <>
            <DialogClose asChild>
              <Button variant="line">Cancel</Button>
            </DialogClose>
            <Button type="submit" form="ask" pending={busy && "Sending"}>
              Send
            </Button>
          </>
        }
      >
        <form id="ask" onSubmit={submit} noValidate className="grid gap-5">
          <AskFields fields={error?.fields ?? {}} />
          <Refusal of={error?.fields ? undefined : error} />
        </form>
      </DialogContent>
    </Dialog>
  );
}

const AskFields = ({ fields }: { fields: Record<string, string> }) => (
  <>
    <Field label="Subject" error={fields.subject} required>
      <Input name="subject" maxLength={120} autoComplete="off" />
    </Field>
    <Field
      label="Message"
      hint="What you did, what you saw, what you expected. Leave out passwords and keys."
      error={fields.message}
      required
    >
      <Textarea name="message" rows={6} maxLength={5_000} />
    </Field>
    <Field
      label="Request id"
      hint="If you have one: it stands on error pages and in X-Request-Id."
      error={fields.relatesTo}
    >
      <Input
        name="relatesTo"
        maxLength={64}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        className="font-mono"
      />
    </Field>
  </>
);
