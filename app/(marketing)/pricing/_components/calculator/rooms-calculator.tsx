"use client";

import { useState } from "react";
import { toCount } from "@/components/brand/amounts";
import { fitRooms, type RoomsUse } from "@/lib/plans/calculate";
import type { BillingInterval } from "@/lib/plans/catalogue";
import { IntervalChoice } from "../../../_components/interval-choice";
import { CountFields } from "./count-fields";
import { PlanAnswer } from "./plan-answer";
import { type Count, useCounts } from "./use-counts";

const COUNTS: Count<keyof RoomsUse>[] = [
  { name: "peoplePerCall", label: "People in a call", least: 2, hint: "The largest call." },
  { name: "minutesPerCall", label: "Minutes a call", least: 1, hint: "While two or more are there." },
  { name: "callsPerMonth", label: "Calls a month", least: 0 },
  { name: "roomsOpenedPerMonth", label: "Rooms opened a month", least: 0, hint: "A room holds any number of calls." },
];
const START: RoomsUse = { peoplePerCall: 4, minutesPerCall: 30, callsPerMonth: 60, roomsOpenedPerMonth: 4 };

export function RoomsCalculator() {
  const [interval, setInterval] = useState<BillingInterval>("month");
  const { fields, numbers } = useCounts(COUNTS, START);
  return (
    <div className="grid gap-x-18 gap-y-8 pt-2 lg:grid-cols-2">
      <div className="grid content-start gap-6">
        <CountFields fields={fields} />
        <IntervalChoice label="Paid" value={interval} onChange={setInterval} />
      </div>
      <div aria-live="polite" className="grid content-start gap-4">
        {numbers && (
          <>
            <PlanAnswer fits={fitRooms(numbers)} interval={interval} beyond="More than any plan holds." />
            <p className="max-w-measure text-13 text-ink-faint">
              {toCount(numbers.callsPerMonth)} × {toCount(numbers.minutesPerCall)} are{" "}
              {toCount(numbers.callsPerMonth * numbers.minutesPerCall)} minutes a month. They start again each month,
              also when a year is paid at once. At a limit nothing is added to the bill.
            </p>
          </>
        )}
      </div>
    </div>
  );
}
