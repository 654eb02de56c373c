"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { requestResetAction } from "../../actions";

/** `mailboxHref` is where mail goes on a developer's machine. */
export function ForgotForm({ mailboxHref }: { mailboxHref: string | undefined }) {
  const [sentTo, setSentTo] = useState<string>();

  const submit = async (form: FormData) => {
    const email = String(form.get("email"));
    const answer = await requestResetAction({ email });
    if (!answer.ok) return answer.error;
    setSentTo(email);
  };

  if (sentTo) {
    return (
      <Notice tone="settled" title="Look into your mail." urgent>
        If {sentTo} has an account, a link is on its way. It works once, for 30 minutes.{" "}
        {mailboxHref && <a href={mailboxHref}>Open the local mailbox</a>}
      </Notice>
    );
  }

  return (
    <Form action="Send the link" pending="Sending" look={{ size: "big", wide: true }} onSubmit={submit}>
      {(wrong) => (
        <Field label="E-mail address" error={wrong.email} required>
          <Input
            name="email"
            type="email"
            inputMode="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
          />
        </Field>
      )}
    </Form>
  );
}
