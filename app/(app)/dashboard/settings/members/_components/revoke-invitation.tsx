"use client";

import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { focusHeading, partInUse } from "@/components/ui/return-focus";
import { toast } from "@/components/ui/toast";
import type { Id } from "@/lib/ids";
import { revokeInvitationAction } from "../actions";

/** Asks nothing first: the same invitation can be sent again in a moment. */
export function RevokeInvitation({ id, email }: { id: Id<"invite">; email: string }) {
  const [busy, start] = useTransition();

  const revoke = () => {
    const part = partInUse();
    start(async () => {
      const answer = await revokeInvitationAction({ id });
      if (!answer.ok) return toast.loss("The invitation was not revoked", { body: answer.error.message });
      focusHeading(part);
      toast.settled(`Invitation to ${email} revoked`);
    });
  };

  return (
    <Button
      variant="quiet"
      size="small"
      onClick={revoke}
      pending={busy && "Revoking"}
      aria-label={`Revoke the invitation to ${email}`}
    >
      Revoke
    </Button>
  );
}
