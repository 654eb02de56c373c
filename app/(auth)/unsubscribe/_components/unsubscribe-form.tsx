"use client";

import { useState } from "react";
import { ButtonLink } from "@/components/ui/button-link";
import { Form, type FormRefusal } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { unsubscribeAction } from "../actions";

export function UnsubscribeForm({ token, label }: { token: string; label: string }) {
  const [done, setDone] = useState(false);

  const submit = async (): Promise<FormRefusal | undefined> => {
    const answer = await unsubscribeAction({ token });
    if (!answer.ok) return { ...answer.error, fields: {} };
    setDone(true);
  };

  if (done) {
    return (
      <Notice
        tone="settled"
        title="Switched off."
        urgent
        action={
          <ButtonLink href="/dashboard/settings/mail" variant="line">
            Choose what is mailed
          </ButtonLink>
        }
      >
        “{label}” is not mailed to you any more.
      </Notice>
    );
  }
  return (
    <Form action="Send no more of it" pending="Switching off" look={{ size: "big", wide: true }} onSubmit={submit}>
      {() => null}
    </Form>
  );
}
