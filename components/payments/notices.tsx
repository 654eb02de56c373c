import { Notice } from "@/components/ui/notice";
import type { Outcome } from "./outcome";
import type { RefusalWords } from "./refusal-words";

/** What stands there once it is done, for each way in which it can be. */
export type Endings = Record<Outcome["state"], { title: string; words: string }>;

/** Takes the focus that the button had, so that a reader hears how it ended. */
export const Ended = ({ endings, state }: { endings: Endings; state: Outcome["state"] }) => (
  <div tabIndex={-1} ref={(place) => place?.focus()} className="outline-none">
    <Notice tone={state === "succeeded" ? "settled" : "hold"} title={endings[state].title}>
      {endings[state].words}
    </Notice>
  </div>
);

export const Refused = ({ title, meaning }: RefusalWords) => (
  <Notice tone="loss" title={title}>
    {meaning}
  </Notice>
);

export const paid = (amount: string): Endings => ({
  succeeded: { title: `${amount} paid.`, words: "The receipt is in your ledger." },
  processing: { title: `${amount} on its way.`, words: "A bank debit takes up to four working days to arrive." },
});
