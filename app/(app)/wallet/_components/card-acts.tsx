"use client";

import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { toast } from "@/components/ui/toast";
import type { Id } from "@/lib/ids";
import { makeDefaultAction, removeCardAction } from "../actions";
import { orRefused } from "./or-refused";

type CardActsProps = { id: Id<"card">; name: string; isDefault: boolean };

export function CardActs({ id, name, isDefault }: CardActsProps) {
  const [busy, start] = useTransition();

  const choose = () =>
    start(async () => {
      const answer = await orRefused(makeDefaultAction({ id }));
      if (!answer.ok) return toast.loss("Not changed", { body: answer.error.message });
      toast.settled(`${name} is the default`);
    });

  const remove = async () => {
    const answer = await orRefused(removeCardAction({ id }));
    if (!answer.ok) return answer.error;
    toast.plain(`${name} is removed`);
    return undefined;
  };

  return (
    <span className="flex flex-wrap justify-end gap-1.5">
      {!isDefault && (
        <Button variant="quiet" size="small" onClick={choose} pending={busy && "Changing"}>
          Make default
        </Button>
      )}
      <Confirm
        trigger={
          <Button variant="quiet" size="small" aria-label={`Remove ${name}`}>
            Remove
          </Button>
        }
        title={`Remove ${name}?`}
        action="Remove card"
        pending="Removing"
        onConfirm={remove}
      >
        <p>It is taken away here and at Stripe, and never charged again. What was paid with it stays as it is.</p>
      </Confirm>
    </span>
  );
}
