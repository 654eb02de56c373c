"use client";

import { useState } from "react";
import { ButtonLink } from "@/components/ui/button-link";
import { Field } from "@/components/ui/field";
import { Form, type FormRefusal } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { PasswordInput } from "@/components/ui/password-input";
import { resetPasswordAction } from "../../actions";

export function ResetForm({ token }: { token: string }) {
  const [state, setState] = useState<"open" | "set" | "spent">("open");

  const submit = async (form: FormData): Promise<FormRefusal | undefined> => {
    const answer = await resetPasswordAction({ token, password: String(form.get("password")) });
    if (answer.ok) setState("set");
    else if (answer.error.code === "gone") setState("spent");
    else return answer.error;
  };

  if (state === "set") {
    return (
      <Notice
        tone="settled"
        title="Your password is set."
        urgent
        action={<ButtonLink href="/login">Sign in</ButtonLink>}
      >
        Every login from before has ended.
      </Notice>
    );
  }
  if (state === "spent") {
    return (
      <Notice
        tone="loss"
        title="This link has run out or was used already."
        urgent
        action={<ButtonLink href="/forgot-password">Ask for another</ButtonLink>}
      />
    );
  }
  return (
    <Form action="Set the password" pending="Setting" look={{ size: "big", wide: true }} onSubmit={submit}>
      {(wrong) => (
        <Field label="Another password" error={wrong.password ?? wrong.token} hint="At least 8 characters." required>
          <PasswordInput name="password" autoComplete="new-password" maxLength={200} />
        </Field>
      )}
    </Form>
  );
}
