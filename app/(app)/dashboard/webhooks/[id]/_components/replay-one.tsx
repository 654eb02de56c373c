"use client";

import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { DeliveryRef } from "@/lib/webhooks/schema";
import { replayDeliveryAction } from "../../actions";

export function ReplayOne({ endpointId, eventId }: { endpointId: DeliveryRef["id"]; eventId: DeliveryRef["eventId"] }) {
  const [busy, start] = useTransition();
  const replay = () =>
    start(async () => {
      const answer = await replayDeliveryAction({ id: endpointId, eventId });
      if (!answer.ok) return toast.loss("Not sent again", { body: answer.error.message });
      toast.plain("It is on its way again");
    });
  return (
    <Button variant="line" pending={busy && "Sending"} onClick={replay}>
      Send it again
    </Button>
  );
}
