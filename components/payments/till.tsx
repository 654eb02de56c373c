"use client";

import { useElements, useStripe } from "@stripe/react-stripe-js";
import type { Stripe, StripeElements } from "@stripe/stripe-js";
import { type FormEvent, type ReactNode, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Ended, type Endings, Refused } from "./notices";
import { judge, type Outcome } from "./outcome";
import { type Purpose, type RefusalWords, refusalWords, unusableWords } from "./refusal-words";
import { StripeFields } from "./stripe-fields";

type TillProps = {
  purpose: Purpose;
  /** The verb on the button, with the amount: "Pay $24.99". */
  action: string;
  /** The same while it runs: "Paying". */
  pending: string;
  /** Stands under the button. */
  aside?: ReactNode;
  confirm: (stripe: Stripe, elements: StripeElements) => Promise<Parameters<typeof judge>[0]>;
  onDone: (outcome: Outcome) => void | Promise<void>;
  endings: Endings;
};

type State =
  | { kind: "open" }
  | { kind: "refused"; words: RefusalWords }
  | { kind: "done"; outcome: Outcome }
  | { kind: "unusable"; words: RefusalWords };

/** The fields, the button, and what became of it. */
export function Till({ purpose, action, pending, aside, confirm, onDone, endings }: TillProps) {
  const [stripe, elements] = [useStripe(), useElements()];
  const [state, setState] = useState<State>({ kind: "open" });
  const [isReady, setReady] = useState(false);
  const [busy, start] = useTransition();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy || !stripe || !elements || !isReady) return;
    start(async () => {
      setState({ kind: "open" });
      const judged = judge(await confirm(stripe, elements));
      if (judged.kind === "done") {
        setState(judged);
        await onDone(judged.outcome);
      } else if (judged.kind === "refused") {
        const words = refusalWords(judged.refusal, purpose);
        setState({ kind: "refused", words });
        if (words.isTyping) elements.getElement("payment")?.focus();
      }
    });
  };

  if (state.kind === "done") return <Ended endings={endings} state={state.outcome.state} />;
  if (state.kind === "unusable") return <Refused {...state.words} />;
  return (
    <form onSubmit={submit} noValidate className="grid gap-5">
      <StripeFields
        onReady={() => setReady(true)}
        onLoadError={(error) => setState({ kind: "unusable", words: unusableWords(error, purpose) })}
      />
      <div aria-live="assertive" className="empty:hidden">
        {state.kind === "refused" && <Refused {...state.words} />}
      </div>
      <div className="grid gap-2">
        <Button type="submit" variant="book" size="big" wide pending={busy && pending} disabled={!isReady}>
          {action}
        </Button>
        {aside && <p className="text-13 text-ink-faint">{aside}</p>}
      </div>
    </form>
  );
}
