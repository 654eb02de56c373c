"use client";

import Link from "next/link";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { PasswordInput } from "@/components/ui/password-input";
import { toast } from "@/components/ui/toast";
import { changePasswordAction } from "../actions";

export function PasswordForm() {
  const [times, setTimes] = useState(0);

  const submit = async (form: FormData) => {
    const answer = await changePasswordAction({
      currentPassword: String(form.get("currentPassword")),
      newPassword: String(form.get("newPassword")),
    });
    if (!answer.ok) return answer.error;
    setTimes(times + 1);
    toast.settled("Your password is changed", { body: endedWords(answer.data.ended) });
  };

  return (
    // A new key empties the fields once they have served.
    <Form key={times} action="Change the password" pending="Changing" onSubmit={submit} className="grid gap-4">
      {(wrong) => (
        <>
          <Field
            label="Your password now"
            error={wrong.currentPassword}
            required
            aside={<Link href="/forgot-password">Forgot it?</Link>}
          >
            <PasswordInput name="currentPassword" autoComplete="current-password" />
          </Field>
          <Field
            label="Another password"
            error={wrong.newPassword}
            hint="At least 8 characters. A few words are better than a few signs."
            required
          >
            <PasswordInput name="newPassword" autoComplete="new-password" maxLength={200} />
          </Field>
        </>
      )}
    </Form>
  );
}

const endedWords = (ended: number) =>
  ended === 0 ? "You were signed in nowhere else." : `${ended} other ${ended === 1 ? "login" : "logins"} ended.`;
