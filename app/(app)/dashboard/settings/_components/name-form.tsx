"use client";

import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { changeProfileAction } from "../actions";

export function NameForm({ name }: { name: string }) {
  const submit = async (form: FormData) => {
    const answer = await changeProfileAction({ name: String(form.get("name")) });
    if (!answer.ok) return answer.error;
    toast.settled("Your name is saved");
  };

  return (
    <Form action="Save the name" pending="Saving" look={{ variant: "line" }} onSubmit={submit} className="grid gap-4">
      {(wrong) => (
        <Field label="Your name" error={wrong.name} required>
          <Input name="name" defaultValue={name} autoComplete="name" maxLength={80} />
        </Field>
      )}
    </Form>
  );
}
