"use client";

import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { closeAction } from "../actions";

export function CloseAccountButton({ name, isPersonal }: { name: string; isPersonal: boolean }) {
  const close = async () => {
    const answer = await closeAction({ confirm: name });
    return answer.ok ? undefined : answer.error;
  };

  return (
    <Confirm
      trigger={<Button variant="danger">Close the account</Button>}
      title={`Close ${name}?`}
      action="Close it for good"
      pending="Closing"
      typed={name}
      onConfirm={close}
    >
      <p>
        Every key stops within a second and every member is taken out.
        {isPersonal &&
          " It is your personal account, so you are signed out everywhere and your name and address are erased."}
      </p>
    </Confirm>
  );
}
