"use client";

import Link from "next/link";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { enter } from "../../_components/enter";
import { carried } from "../../_components/next-path";
import { signUpAction } from "../../actions";

type RegisterFormProps = { next: string; plan: string | undefined };

export function RegisterForm({ next, plan }: RegisterFormProps) {
  const [isTaken, setTaken] = useState(false);

  const submit = async (form: FormData) => {
    const text = (name: string) => String(form.get(name));
    const [email, password] = [text("email"), text("password")];
    const answer = await signUpAction({ name: text("name"), email, password, ...(plan && { plan }) });
    setTaken(!answer.ok && answer.error.code === "email_taken");
    if (!answer.ok) return answer.error;

    // The account stands; if the browser cannot be signed in now, the next page asks once more.
    const refusal = await enter(email, password);
    window.location.assign(refusal ? `/login?next=${encodeURIComponent(next)}` : next);
  };

  return (
    <Form action="Open the account" pending="Opening" look={{ size: "big", wide: true }} onSubmit={submit}>
      {(wrong) => (
        <>
          <Field label="Name" error={wrong.name} hint="As the people you talk to will see it." required>
            <Input name="name" autoComplete="name" maxLength={80} />
          </Field>
          <Field
            label="E-mail address"
            error={isTaken ? <AddressTaken next={next} plan={plan} /> : wrong.email}
            required
          >
            <Input
              name="email"
              type="email"
              inputMode="email"
              autoComplete="email"
              autoCapitalize="none"
              spellCheck={false}
            />
          </Field>
          <Field
            label="Password"
            error={wrong.password}
            hint="At least 8 characters. A few words are better than a few signs."
            required
          >
            <PasswordInput name="password" autoComplete="new-password" maxLength={200} />
          </Field>
        </>
      )}
    </Form>
  );
}

const AddressTaken = ({ next, plan }: RegisterFormProps) => (
  <>
    This e-mail address has an account already. <Link href={carried("/login", { next, plan })}>Sign in</Link>, or{" "}
    <Link href={carried("/forgot-password", { next })}>reset the password</Link>.
  </>
);
