"use client";

import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { toast } from "@/components/ui/toast";
import type { EndpointRow } from "../../_components/endpoint-row";
import { removeEndpointAction } from "../../actions";

export function RemoveEndpoint({ row, onRemoved }: { row: EndpointRow; onRemoved: () => void }) {
  const remove = async () => {
    const answer = await removeEndpointAction({ id: row.id });
    if (!answer.ok) return answer.error;
    toast.plain("Endpoint removed", { body: `${row.url} is told of nothing more.` });
    onRemoved();
    return undefined;
  };

  return (
    <Confirm
      trigger={<Button variant="line">Remove</Button>}
      title="Remove this endpoint?"
      action="Remove endpoint"
      pending="Removing"
      onConfirm={remove}
    >
      <p>
        <span className="font-mono text-13 [overflow-wrap:anywhere]">{row.url}</span> gets no more events, and its log
        and its secret are gone. This cannot be undone. To pause it, switch it off.
      </p>
    </Confirm>
  );
}
