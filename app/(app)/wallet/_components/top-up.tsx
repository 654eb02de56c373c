"use client";

import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { newId } from "@/lib/ids";
import type { StripeInBrowser } from "@/lib/stripe/schema";
import { beginTopUpAction } from "../actions";
import { AmountForm } from "./amount-form";
import { type Begun, IntentForm } from "./intent-form";
import { orRefused } from "./or-refused";

/** Adds money: how much, then how. Whoever comes back to the same amount goes on with the same payment. */
export function TopUp({ stripe }: { stripe: StripeInBrowser }) {
  const [open, setOpen] = useState(false);
  const [begun, setBegun] = useState<Begun>();
  const [isPaid, setPaid] = useState(false);
  const attempt = useRef<`req_${string}`>(undefined);

  const change = (next: boolean) => {
    setOpen(next);
    if (next) return;
    setBegun(undefined);
    setPaid(false);
  };

  const begin = async (topUp: string) => {
    attempt.current ??= newId("req");
    const answer = await orRefused(beginTopUpAction({ topUp, attempt: attempt.current }));
    if (answer.ok) {
      setBegun(answer.data);
      return undefined;
    }
    // One that was given up is not gone on with.
    if (answer.error.code === "conflict") attempt.current = undefined;
    return answer.error;
  };

  const paid = () => {
    attempt.current = undefined;
    setPaid(true);
  };

  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button variant="book">Add money</Button>
      </DialogTrigger>
      <DialogContent
        title="Add money"
        description={begun ? `${begun.amount} into your wallet.` : "It stays in your wallet until you spend it."}
        footer={begun && <Foot isPaid={isPaid} onBack={() => setBegun(undefined)} onClose={() => change(false)} />}
      >
        {begun ? <IntentForm stripe={stripe} begun={begun} onPaid={paid} /> : <AmountForm onChosen={begin} />}
      </DialogContent>
    </Dialog>
  );
}

const Foot = ({ isPaid, onBack, onClose }: { isPaid: boolean; onBack: () => void; onClose: () => void }) =>
  isPaid ? (
    <Button onClick={onClose}>Done</Button>
  ) : (
    <Button variant="line" onClick={onBack}>
      Change the amount
    </Button>
  );
