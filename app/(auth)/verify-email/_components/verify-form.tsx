"use client";

import { useState } from "react";
import { ButtonLink } from "@/components/ui/button-link";
import { Form, type FormRefusal } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { verifyEmailAction } from "../../actions";

type State = { is: "open" } | { is: "confirmed"; email: string } | { is: "spent" };

/** A press and not the visit confirms: mail programs open links by themselves. */
export function VerifyForm({ token }: { token: string }) {
  const [state, setState] = useState<State>({ is: "open" });

  const submit = async (): Promise<FormRefusal | undefined> => {
    const answer = await verifyEmailAction({ token });
    if (answer.ok) setState({ is: "confirmed", email: answer.data.email });
    else if (answer.error.code === "gone") setState({ is: "spent" });
    else return { ...answer.error, message: answer.error.fields?.token ?? answer.error.message, fields: {} };
  };

  if (state.is === "confirmed") {
    return (
      <Notice
        tone="settled"
        title="Confirmed."
        urgent
        action={<ButtonLink href="/dashboard">To your dashboard</ButtonLink>}
      >
        {state.email} is yours.
      </Notice>
    );
  }
  if (state.is === "spent") {
    return (
      <Notice
        tone="loss"
        title="This link has run out or was used already."
        urgent
        action={<ButtonLink href="/dashboard/settings">Send another</ButtonLink>}
      />
    );
  }
  return (
    <Form action="Confirm the address" pending="Confirming" look={{ size: "big", wide: true }} onSubmit={submit}>
      {() => null}
    </Form>
  );
}
