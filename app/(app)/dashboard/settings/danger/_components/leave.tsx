"use client";

import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { leaveAction } from "../actions";

export function LeaveButton({ name }: { name: string }) {
  const leave = async () => {
    const answer = await leaveAction({});
    return answer.ok ? undefined : answer.error;
  };

  return (
    <Confirm
      trigger={<Button variant="line">Leave</Button>}
      title={`Leave ${name}?`}
      action="Leave"
      pending="Leaving"
      onConfirm={leave}
    >
      <p>Your logins go on in an account of your own. Keys that you made stay with {name}.</p>
    </Confirm>
  );
}
