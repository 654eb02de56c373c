"use client";

import Link from "next/link";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { enter } from "../../_components/enter";

export function LoginForm({ next, forgotHref }: { next: string; forgotHref: string }) {
  const submit = async (form: FormData) => {
    const [email, password] = [String(form.get("email")).trim(), String(form.get("password"))];
    const missing = {
      ...(!email && { email: "Enter your e-mail address." }),
      ...(!password && { password: "Enter your password." }),
    };
    if (Object.keys(missing).length > 0) return { message: "", fields: missing };
    const refusal = await enter(email, password);
    if (!refusal) window.location.assign(next);
    return refusal;
  };

  return (
    <Form action="Sign in" pending="Signing in" look={{ size: "big", wide: true }} onSubmit={submit}>
      {(wrong) => (
        <>
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
          <Field label="Password" error={wrong.password} required aside={<Link href={forgotHref}>Forgot it?</Link>}>
            <PasswordInput name="password" autoComplete="current-password" />
          </Field>
        </>
      )}
    </Form>
  );
}
