"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Choice } from "@/components/ui/choice";
import { Confirm } from "@/components/ui/confirm";
import { toast } from "@/components/ui/toast";
import { COOL_OFF_DAYS } from "@/lib/wallet/rules";
import { coolOffAction } from "../actions";
import { orRefused } from "./or-refused";

const inWords = (days: number) => (days === 1 ? "1 day" : `${days} days`);
const OPTIONS = COOL_OFF_DAYS.map((days) => ({ value: String(days), label: inWords(days) }));

/** Some days in which nothing can be spent, whatever happens. */
export function Rest() {
  const [chosen, setChosen] = useState<string>("7");
  const days = COOL_OFF_DAYS.find((one) => String(one) === chosen) ?? 7;

  const rest = async () => {
    const answer = await orRefused(coolOffAction({ days }));
    if (!answer.ok) return answer.error;
    toast.settled("You rest", { body: `Nothing is spent for ${inWords(days)}.` });
    return undefined;
  };

  return (
    <div className="flex flex-wrap items-center gap-3">
      <Choice label="How long" options={OPTIONS} value={chosen} onChange={setChosen} />
      <Confirm
        trigger={<Button variant="line">Take a rest</Button>}
        title={`Rest for ${inWords(days)}?`}
        action={`Rest for ${inWords(days)}`}
        pending="Beginning"
        onConfirm={rest}
      >
        <p>
          Nothing can be spent from this wallet for {inWords(days)}, and it does not fill by itself. What is in it
          stays. It can be made longer. <b className="font-semibold">Nobody can make it shorter, not even we.</b>
        </p>
      </Confirm>
    </div>
  );
}
