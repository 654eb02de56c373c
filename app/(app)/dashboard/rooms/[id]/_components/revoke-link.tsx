"use client";

import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { toast } from "@/components/ui/toast";
import { revokeLinkAction } from "../../actions";
import type { LinkRow } from "./link-row";

export function RevokeLink({ roomId, row }: { roomId: `room_${string}`; row: LinkRow }) {
  const revoke = async () => {
    const answer = await revokeLinkAction({ id: roomId, linkId: row.id });
    if (!answer.ok) return answer.error;
    toast.plain("Link taken back", { body: `${row.label} opens nothing any more.` });
    return undefined;
  };

  return (
    <Confirm
      trigger={
        <Button variant="line" size="small" aria-label={`Take back ${row.label}`}>
          Take back
        </Button>
      }
      title={`Take ${row.label} back?`}
      action="Take back"
      pending="Taking back"
      onConfirm={revoke}
    >
      <p>Nobody comes in by it any more. Whoever is inside stays until they leave.</p>
    </Confirm>
  );
}
