"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Form, type FormRefusal } from "@/components/ui/form";
import { Textarea } from "@/components/ui/textarea";

type MessageFormProps = {
  label: string;
  hint?: string;
  action: string;
  send: (message: string) => Promise<FormRefusal | undefined>;
};

/** Empty again once the message was taken, and as it was when it was not. */
export function MessageForm({ label, hint, action, send }: MessageFormProps) {
  const [sent, setSent] = useState(0);

  const submit = async (form: FormData) => {
    const refusal = await send(String(form.get("message") ?? ""));
    if (!refusal) setSent(sent + 1);
    return refusal;
  };

  return (
    <Form action={action} pending="Sending" onSubmit={submit} className="mt-6 grid max-w-[44rem] gap-4">
      {(wrong) => (
        <Field label={label} error={wrong.message} hint={hint} required>
          <Textarea key={sent} name="message" rows={5} maxLength={5_000} />
        </Field>
      )}
    </Form>
  );
}
