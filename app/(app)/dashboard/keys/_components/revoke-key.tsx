"use client";

import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { toast } from "@/components/ui/toast";
import { revokeKeyAction } from "../actions";
import type { KeyRow } from "./key-row";

export function RevokeKey({ row }: { row: KeyRow }) {
  const revoke = async () => {
    const answer = await revokeKeyAction({ id: row.id });
    if (!answer.ok) return answer.error;
    toast.plain("Key revoked", { body: `${row.name} is refused everywhere within a second.` });
    return undefined;
  };

  return (
    <Confirm
      trigger={
        <Button variant="line" size="small" aria-label={`Revoke ${row.name}`}>
          Revoke
        </Button>
      }
      title={`Revoke ${row.name}?`}
      action="Revoke key"
      pending="Revoking"
      onConfirm={revoke}
    >
      <p>
        Every program that sends <span className="font-mono">{row.masked}</span> is refused from now on. This cannot be
        undone.
      </p>
    </Confirm>
  );
}
