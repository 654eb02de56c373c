"use client";

import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import type { Plan, PlanFamily } from "@/lib/plans/catalogue";
import type { StripeInBrowser } from "@/lib/stripe/schema";
import type { Subscription } from "@/lib/subscriptions/schema";
import { ChoosePlan } from "./choose-plan";
import { ConfirmPlan } from "./confirm-plan";
import { usePlanDesk } from "./plan-desk";
import { PlanDone } from "./plan-done";
import { PlanPreview } from "./plan-preview";
import { FAMILY_WORDS } from "./plan-words";

export type PlanDialogProps = {
  family: PlanFamily;
  plans: Plan[];
  /** The plan that there is; without one a plan is taken up. */
  subscription: Subscription | undefined;
  trialDays: number;
  stripe: StripeInBrowser;
  asked: { planId: string; interval: "month" | "year" } | undefined;
};

/** Takes up or changes the plan of one family, over the page. */
export function PlanDialog(props: PlanDialogProps) {
  const { family, subscription, asked, plans } = props;
  const [open, setOpen] = useState(false);
  const [title, setTitle] = useState("");
  const opened = useRef(false);
  const words = subscription ? "Change plan" : "Take a plan";
  const mayChange = !subscription || subscription.can.includes("upgrade") || subscription.can.includes("downgrade");

  const press = () => {
    // Kept while it is open, for paying below it makes a plan of none.
    setTitle(words);
    setOpen(true);
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: the address asks once.
  useEffect(() => {
    if (!asked || opened.current) return;
    opened.current = true;
    press();
  }, [asked]);

  // An open counter stays: a plan without a price is there before its card is.
  const isOffered = mayChange && !(subscription && plans.length === 1);
  return (
    <>
      {isOffered && (
        <Button variant={subscription ? "line" : "ink"} onClick={press}>
          {words}
        </Button>
      )}
      <Dialog open={open} onOpenChange={setOpen}>
        {open && (
          <DialogContent
            title={title}
            description={`${FAMILY_WORDS[family].title}. ${FAMILY_WORDS[family].what}`}
            // A stray click beside it does not end a payment.
            onInteractOutside={(event) => event.preventDefault()}
          >
            <Counter {...props} close={() => setOpen(false)} />
          </DialogContent>
        )}
      </Dialog>
    </>
  );
}

function Counter({ close, ...props }: PlanDialogProps & { close: () => void }) {
  // What it was when the counter opened: paying for it makes a plan of it, below the open dialog.
  const [subscription] = useState(props.subscription);
  const desk = usePlanDesk(props.family, subscription === undefined);
  const { stage, setStage, refused, busy } = desk;
  switch (stage.at) {
    case "choosing":
      return <ChoosePlan {...props} subscription={subscription} refused={refused} busy={busy} onChoose={desk.choose} />;
    case "looking":
      return (
        <PlanPreview
          preview={stage.preview}
          refused={refused}
          busy={busy}
          onBack={() => setStage({ at: "choosing" })}
          onChange={() => desk.change(stage)}
        />
      );
    case "confirming":
      return (
        <ConfirmPlan
          stripe={props.stripe}
          confirm={stage.confirm}
          trialEndsAt={stage.trialEndsAt}
          onDone={({ state }) =>
            setStage({ at: "done", planId: stage.planId, how: state === "processing" ? state : "paid" })
          }
        />
      );
    case "done":
      return <PlanDone {...stage} now={props.subscription} close={close} />;
  }
}
