"use client";

import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { acceptAction } from "../actions";

export function Accept({ token, accountName }: { token: string; accountName: string }) {
  const [refusal, setRefusal] = useState<string>();
  const [busy, start] = useTransition();

  const accept = () =>
    start(async () => {
      const answer = await acceptAction({ token });
      setRefusal(answer.ok ? undefined : answer.error.message);
    });

  return (
    <div className="grid justify-items-start gap-3">
      <Button size="big" onClick={accept} pending={busy && "Joining"}>
        Join {accountName}
      </Button>
      <p role="alert" className="text-13 text-danger empty:hidden">
        {refusal}
      </p>
    </div>
  );
}
