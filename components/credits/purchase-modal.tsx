"use client";

import Link from "next/link";
import { useId, useState, useTransition } from "react";
import { toCount } from "@/components/brand/amounts";
import { PaymentForm } from "@/components/payments/payment-form";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { overTheLine } from "@/components/ui/over-the-line";
import { Refusal, type Refused } from "@/components/ui/refusal";
import { findPackage, pricePerCredit } from "@/lib/credits/rules";
import type { Id } from "@/lib/ids";
import { formatMoney } from "@/lib/money";
import type { PackageNumber } from "@/lib/plans/catalogue";
import type { StripeInBrowser } from "@/lib/stripe/schema";
import { PackageSlips } from "./package-slips";

type Answer<T> = { ok: true; data: T } | { ok: false; error: Refused };
export type Begun = { paymentId: Id<"payment">; clientSecret: string; stripe: StripeInBrowser };
export type Bought = { credits: number; balance: number; receiptId: string };

export type PurchaseModalProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  balance: number;
  /** The package that is picked up when it opens. */
  packageId: PackageNumber;
  /** Begins to pay for a package; the same attempt and package again goes on with the same payment. */
  begin: (input: { packageId: PackageNumber; attempt: string }) => Promise<Answer<Begun>>;
  /** Has the server see for itself what became of a payment. */
  finish: (input: { paymentId: Id<"payment"> }) => Promise<Answer<Bought>>;
};

/** Buys credits, over whatever page it was opened on. */
export function PurchaseModal({ open, onOpenChange, ...rest }: PurchaseModalProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      {open && (
        <DialogContent
          title="Buy credits"
          description={`You have ${toCount(rest.balance)}. They never expire.`}
          size="large"
          // A stray click beside it does not end a payment.
          onInteractOutside={(event) => event.preventDefault()}
        >
          <Counter {...rest} close={() => onOpenChange(false)} />
        </DialogContent>
      )}
    </Dialog>
  );
}

type CounterProps = Omit<PurchaseModalProps, "open" | "onOpenChange"> & { close: () => void };
type Stage = { at: "choosing" } | { at: "paying"; begun: Begun } | { at: "done"; bought: Bought } | { at: "waiting" };

/** What the till is at, and the two steps that take it further. */
function useTill({ packageId, begin, finish }: Pick<CounterProps, "packageId" | "begin" | "finish">) {
  const id = useId();
  const [openedAt] = useState(() => Date.now());
  const [chosen, setChosen] = useState(packageId);
  const [stage, setStage] = useState<Stage>({ at: "choosing" });
  const [refused, setRefused] = useState<Refused>();
  const [busy, start] = useTransition();

  const goOn = () =>
    start(async () => {
      const answer = await overTheLine(begin({ packageId: chosen, attempt: `${id}-${openedAt}` }));
      if ("message" in answer) return setRefused(answer);
      if (!answer.ok) return setRefused(answer.error);
      setRefused(undefined);
      setStage({ at: "paying", begun: answer.data });
    });

  const paid = async (paymentId: Id<"payment">) => {
    const answer = await overTheLine(finish({ paymentId }));
    setStage("ok" in answer && answer.ok ? { at: "done", bought: answer.data } : { at: "waiting" });
  };

  const choose = (other: PackageNumber) => {
    setChosen(other);
    setStage({ at: "choosing" });
  };
  return { chosen, choose, stage, refused, busy, goOn, paid };
}

function Counter({ balance, close, ...asked }: CounterProps) {
  const { chosen, choose, stage, refused, busy, goOn, paid } = useTill(asked);
  const wanted = findPackage(chosen);
  if (!wanted) return null;
  if (stage.at === "done") return <Thanks bought={stage.bought} close={close} />;
  if (stage.at === "waiting") return <Waiting close={close} />;
  const amount = formatMoney(wanted.price);
  const after = balance + wanted.credits + wanted.bonusCredits;
  return (
    <div className="grid gap-6">
      <PackageSlips chosen={chosen} disabled={busy} pricePerCredit={pricePerCredit} onChoose={choose} />
      {stage.at === "paying" ? (
        <PaymentForm
          key={stage.begun.paymentId}
          stripe={stage.begun.stripe}
          clientSecret={stage.begun.clientSecret}
          amount={amount}
          returnUrl={returnTo(stage.begun.paymentId)}
          onDone={() => paid(stage.begun.paymentId)}
          aside={`Then you have ${toCount(after)} credits. Declined means not charged.`}
        />
      ) : (
        <div className="flex flex-wrap items-center justify-end gap-x-5 gap-y-3 border-t border-rule pt-5">
          <Refusal of={refused} />
          <Button variant="book" size="big" onClick={goOn} pending={busy && "Opening the till"}>
            Pay {amount}
          </Button>
        </div>
      )}
    </div>
  );
}

const returnTo = (paymentId: string): string => new URL(`/credits?paid=${paymentId}`, window.location.href).href;

function Thanks({ bought, close }: { bought: Bought; close: () => void }) {
  return (
    <div className="grid gap-5">
      <Notice
        tone="settled"
        urgent
        title={`${toCount(bought.credits)} credits are yours.`}
        action={
          <Link href={`/receipts/${bought.receiptId}`} onClick={close}>
            Receipt
          </Link>
        }
      >
        You have {toCount(bought.balance)}.
      </Notice>
      <div className="flex justify-end">
        <Button onClick={close}>Done</Button>
      </div>
    </div>
  );
}

/** The bank takes its time, or our own line broke: nothing is lost, the ledger hears of it by itself. */
const Waiting = ({ close }: { close: () => void }) => (
  <div className="grid gap-5">
    <Notice tone="hold" urgent title="Your payment is on its way.">
      The credits appear here by themselves as soon as the bank has confirmed it. You are charged once.
    </Notice>
    <div className="flex justify-end">
      <Button onClick={close}>Close</Button>
    </div>
  </div>
);
