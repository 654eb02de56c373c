"use client";

import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { toast } from "@/components/ui/toast";
import type { Id } from "@/lib/ids";
import { removeMemberAction } from "../actions";

type RemoveMemberProps = { userId: Id<"user">; name: string; accountName: string };

export function RemoveMember({ userId, name, accountName }: RemoveMemberProps) {
  const remove = async () => {
    const answer = await removeMemberAction({ userId });
    if (!answer.ok) return answer.error;
    toast.settled(`${name} was removed.`);
    return undefined;
  };

  return (
    <Confirm
      trigger={
        <Button variant="quiet" size="small" aria-label={`Remove ${name}`}>
          Remove
        </Button>
      }
      title={`Remove ${name}?`}
      action="Remove"
      pending="Removing"
      onConfirm={remove}
    >
      <p>
        {name} can do nothing more in {accountName} within seconds. Keys they made stay, because they belong to the
        account. You can invite them again.
      </p>
    </Confirm>
  );
}
