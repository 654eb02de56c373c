"use client";

import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { sendVerificationAction } from "../actions";

export function SendVerification({ email }: { email: string }) {
  const [answered, setAnswered] = useState<string>();
  const [busy, start] = useTransition();

  const send = () =>
    start(async () => {
      const answer = await sendVerificationAction({});
      setAnswered(answer.ok ? `The mail to ${email} is on its way.` : answer.error.message);
    });

  return (
    <Notice
      tone="hold"
      title={answered ?? "Confirm it from the mail we sent."}
      action={
        <Button size="small" variant="line" pending={busy && "Sending"} onClick={send}>
          Send it again
        </Button>
      }
    />
  );
}
