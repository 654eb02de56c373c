"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { toast } from "@/components/ui/toast";
import { changeProfileAction } from "../actions";

export function EmailForm() {
  const [open, setOpen] = useState(false);

  const submit = async (form: FormData) => {
    const email = String(form.get("email"));
    const answer = await changeProfileAction({ email, currentPassword: String(form.get("currentPassword")) });
    if (!answer.ok) return answer.error;
    setOpen(false);
    toast.settled("Your address is changed", { body: `Confirm it from the mail to ${email}.` });
  };

  if (!open) {
    return (
      <Button variant="line" className="justify-self-start" onClick={() => setOpen(true)}>
        Change the address
      </Button>
    );
  }
  return (
    <Form
      action="Change the address"
      pending="Changing"
      onSubmit={submit}
      className="grid gap-4"
      aside={
        <Button variant="quiet" onClick={() => setOpen(false)}>
          Keep the old one
        </Button>
      }
    >
      {(wrong) => (
        <>
          <Field
            label="Another address"
            error={wrong.email}
            hint="We tell the old address, and mail the other one a link."
            required
          >
            <Input
              name="email"
              type="email"
              inputMode="email"
              autoComplete="email"
              autoCapitalize="none"
              spellCheck={false}
              autoFocus
            />
          </Field>
          <Field label="Your password" error={wrong.currentPassword} required>
            <PasswordInput name="currentPassword" autoComplete="current-password" />
          </Field>
        </>
      )}
    </Form>
  );
}
