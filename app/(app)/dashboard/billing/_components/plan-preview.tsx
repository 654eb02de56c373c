"use client";

import { Button } from "@/components/ui/button";
import { Ledger } from "@/components/ui/ledger";
import { Notice } from "@/components/ui/notice";
import { Refusal, type Refused } from "@/components/ui/refusal";
import { formatMoney, micros } from "@/lib/money";
import type { ChangePreview } from "@/lib/subscriptions/schema";
import { formatDay } from "@/lib/time";
import { LineTitle } from "./line-title";
import { priceWords } from "./plan-words";

type PlanPreviewProps = {
  preview: ChangePreview;
  refused: Refused | undefined;
  busy: boolean;
  onBack: () => void;
  onChange: () => void;
};
type Money = ChangePreview["total"];

const tag = ({ micros: amount }: Money) => formatMoney(micros(amount));

/** What the change costs, line by line, before it is pressed. */
export function PlanPreview({ preview, refused, busy, onBack, onChange }: PlanPreviewProps) {
  const { takesEffect, to, dueNow } = preview;
  const isNow = takesEffect === "now";
  return (
    <div className="grid gap-5">
      {isNow ? <Now preview={preview} /> : <Later preview={preview} />}
      <div className="flex flex-wrap items-center justify-end gap-x-3 gap-y-3 border-t border-rule pt-5">
        <Refusal of={refused} />
        <Button variant="quiet" onClick={onBack}>
          Back
        </Button>
        <Button variant={isNow ? "book" : "ink"} size="big" onClick={onChange} pending={busy && "Changing"}>
          {isNow && dueNow.micros > 0 ? `Pay ${tag(dueNow)} and change` : `Change to ${to.title}`}
        </Button>
      </div>
    </div>
  );
}

function Now({ preview: { lines, total, dueNow, balanceAfter, renewsAt, to } }: Pick<PlanPreviewProps, "preview">) {
  return (
    <>
      <Ledger
        caption="What the change costs today"
        columns={[
          { key: "title", title: "Line" },
          { key: "amount", title: "Amount", kind: "number" },
        ]}
        rows={lines.map((line, place) => ({
          key: `${place}`,
          cells: {
            title: <LineTitle line={line} />,
            amount: tag(line.amount),
          },
        }))}
        total={{ title: "Today", amount: tag(dueNow) }}
        className="[--ground:var(--paper-raised)]"
      />
      <p className="text-ink-soft">
        {total.micros !== dueNow.micros && `The lines come to ${tag(total)}. `}
        {balanceAfter.micros > 0 && `${tag(balanceAfter)} of credit is left for the next invoices. `}
        Then {priceWords(to)} from {formatDay(renewsAt)}. If the payment fails, the plan stays as it is.
      </p>
    </>
  );
}

const Later = ({ preview: { from, to, startsAt } }: Pick<PlanPreviewProps, "preview">) => (
  <Notice title={`${to.title} begins on ${formatDay(startsAt)}.`}>
    Nothing is charged today. {from && `${from.title} is paid until then and stays.`} After that it is {priceWords(to)}.
    Until it begins you can undo it.
  </Notice>
);
