"use client";

import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { StripeInBrowser } from "@/lib/stripe/schema";
import { Ended, paid, Refused } from "./notices";
import { judge, type Outcome } from "./outcome";
import { type RefusalWords, refusalWords } from "./refusal-words";
import { openStripe } from "./stripe-js";

type BankQuestionProps = {
  stripe: StripeInBrowser;
  /** Of a payment that a saved card began and whose bank wants to hear from its holder. */
  clientSecret: string;
  amount: string;
  onDone: (outcome: Outcome) => void | Promise<void>;
};

type State =
  | { kind: "asked" }
  | { kind: "refused"; words: RefusalWords; again: boolean }
  | { kind: "done"; outcome: Outcome };

/** A payment that waits for its bank's question. After a no the payment needs another card. */
export function BankQuestion({ stripe, clientSecret, amount, onDone }: BankQuestionProps) {
  const [state, setState] = useState<State>({ kind: "asked" });
  const [busy, start] = useTransition();

  const answer = () =>
    start(async () => {
      const judged = judge(await answerOf(stripe, clientSecret));
      if (judged.kind === "done") {
        setState(judged);
        await onDone(judged.outcome);
      } else if (judged.kind === "refused") {
        const again = judged.refusal.type === "api_connection_error";
        setState({ kind: "refused", words: refusalWords(judged.refusal, "pay"), again });
      }
    });

  if (state.kind === "done") return <Ended endings={paid(amount)} state={state.outcome.state} />;
  return (
    <div aria-live="polite" className="grid gap-4">
      {state.kind === "refused" && <Refused {...state.words} />}
      {(state.kind === "asked" || state.again) && (
        <Notice
          tone="hold"
          title={`Your bank wants to confirm ${amount}.`}
          action={
            <Button variant="book" onClick={answer} pending={busy && "Waiting for the bank"}>
              Confirm it
            </Button>
          }
        >
          You are not charged before that.
        </Notice>
      )}
    </div>
  );
}

/** A script that does not load is a line that broke: nothing is known, and nothing was asked. */
async function answerOf(stripe: StripeInBrowser, clientSecret: string): Promise<Parameters<typeof judge>[0]> {
  try {
    const opened = await openStripe(stripe);
    const { paymentIntent, error } = await opened.handleNextAction({ clientSecret });
    return { paymentIntent, error };
  } catch {
    return { error: { type: "api_connection_error" } };
  }
}
