"use client";

import { useEffect, useRef, useState } from "react";
import { toNearestCent } from "@/components/brand/amounts";
import { Meter } from "@/components/brand/meter";
import { PersonPane } from "@/components/brand/person-pane";
import { formatMoney } from "@/lib/money";
import { seconds } from "@/lib/time";
import { type Bill, billOf, callSoFar, oneSecondLater } from "./call";
import { CallSlip } from "./call-slip";
import { ProofControls } from "./proof-controls";
import { useRunning } from "./use-running";

/** A call that runs on the page, with the product's own meter, receipt and arithmetic. */
export function LivingProof({ rate }: { rate: string }) {
  const proof = useRef<HTMLElement>(null);
  const [call, setCall] = useState(callSoFar);
  const [line, setLine] = useState<"up" | "cut">("up");
  const { wished, running, toggle } = useRunning(proof);
  const bill = billOf(call);

  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setCall((current) => oneSecondLater(current, line)), seconds(1));
    return () => clearInterval(timer);
  }, [running, line]);

  const cutOrMend = () => {
    if (line === "up") setCall((current) => oneSecondLater(current, "cut"));
    setLine(line === "up" ? "cut" : "up");
    if (!wished) toggle();
  };

  return (
    <section
      ref={proof}
      aria-label="A simulated call between Dana and Noor, with its meter and its receipt"
      className="mt-8 sm:mt-12"
    >
      <div className="grid items-start lg:grid-cols-[minmax(0,1fr)_372px]">
        <Stage bill={bill} speaker={speakerAt(call.watchedSeconds, running)} />
        <div className="relative z-2 col-span-full row-start-2 -mt-9 w-[min(372px,100%-24px)] justify-self-center lg:col-span-1 lg:col-start-2 lg:row-start-1 lg:-mt-7 lg:mr-6 lg:w-[360px] lg:justify-self-end">
          <CallSlip call={call} bill={bill} rate={rate} />
        </div>
      </div>
      <div className="mt-5 flex flex-wrap items-center justify-between gap-x-8 gap-y-3">
        <p className="max-w-measure text-ink-soft">{whatItShows(bill)}</p>
        <ProofControls line={line} onLine={cutOrMend} isOver={bill.state === "ended"} runs={wished} onRun={toggle} />
      </div>
    </section>
  );
}

type Speaker = "Dana" | "Noor" | undefined;

function Stage({ bill, speaker }: { bill: Bill; speaker: Speaker }) {
  const isDown = bill.state === "paused";
  const isOver = bill.state === "ended";
  const heard = isDown || isOver ? undefined : speaker;

  return (
    <div className="stage relative col-span-full row-start-1 grid h-[330px] grid-cols-2 gap-2 rounded-stage bg-[oklch(.165_.013_168)] p-2 max-sm:-mx-3 sm:h-[420px] lg:h-[520px] lg:pr-[416px]">
      <PersonPane name="Dana" look="coral" nameAt="top" speaking={heard === "Dana"} lost={isOver} />
      <PersonPane
        name={isDown ? "Noor, no line" : "Noor"}
        look="fern"
        facing="left"
        nameAt="top"
        speaking={heard === "Noor"}
        lost={isDown || isOver}
      />
      <div className="absolute bottom-14 left-1/2 z-3 -translate-x-1/2 rounded-full shadow-[0_0_0_1px_oklch(1_0_0/.1),0_6px_18px_oklch(.1_.01_165/.35)] lg:bottom-6 lg:left-[calc((100%-408px)/2)]">
        <Meter
          time={bill.time}
          cost={toNearestCent(bill.total)}
          left={bill.left}
          runway={bill.runway}
          state={bill.state}
          className="align-top"
        />
      </div>
    </div>
  );
}

function speakerAt(second: number, running: boolean): Speaker {
  if (!running) return undefined;
  return second % 16 < 10 ? "Dana" : "Noor";
}

const whatItShows = (bill: Bill): string =>
  bill.state === "ended"
    ? `The $100 that Noor set aside is spent to the last whole second. ${formatMoney(bill.returned)} goes back to her.`
    : "A second is billed when both sides received it. Ten were free, and a lost line costs nothing.";
