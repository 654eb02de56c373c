"use client";

import { useState } from "react";
import { toCount } from "@/components/brand/amounts";
import { Explain } from "@/components/brand/explain";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Choice } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Figure } from "@/components/ui/figure";
import { Input } from "@/components/ui/input";
import { calculateCost, type Resolution } from "@/lib/credits/rules";
import { useShell } from "../../_components/shell";

const RESOLUTIONS = [
  { value: "720p", label: "720p" },
  { value: "1080p", label: "1080p" },
];
const EXTRAS = [
  ["customMusic", "Music of its own"],
  ["premiumTTS", "Premium voice"],
  ["aiEnhancement", "Enhancement"],
] as const;
const LONGEST = 240;

/** The price of a video before it is made, line by line. */
export function CostCalculator({ balance, mayBuy }: { balance: number; mayBuy: boolean }) {
  const [length, setLength] = useState("3");
  const [resolution, setResolution] = useState<Resolution>("720p");
  const [extras, setExtras] = useState({ customMusic: false, premiumTTS: false, aiEnhancement: false });
  const durationMinutes = Number(length);
  const isSane = Number.isInteger(durationMinutes) && durationMinutes >= 1 && durationMinutes <= LONGEST;

  return (
    <div className="grid gap-x-12 gap-y-6 border-t border-ink pt-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
      <div className="grid content-start gap-5">
        <div className="flex flex-wrap items-start gap-5">
          <Field label="Minutes" error={isSane ? undefined : `A whole number from 1 to ${LONGEST}.`}>
            <Input
              inputMode="numeric"
              value={length}
              onChange={(event) => setLength(event.target.value)}
              className="w-28"
            />
          </Field>
          <div className="grid gap-1.5">
            <span className="text-13 font-[550]">Resolution</span>
            <Choice
              label="Resolution"
              options={RESOLUTIONS}
              value={resolution}
              onChange={(value) => setResolution(value === "1080p" ? "1080p" : "720p")}
            />
          </div>
        </div>
        <fieldset className="flex flex-wrap gap-x-6 gap-y-2">
          <legend className="sr-only">Extras</legend>
          {EXTRAS.map(([name, label]) => (
            <Checkbox
              key={name}
              name={name}
              label={label}
              checked={extras[name]}
              onChange={(event) => setExtras({ ...extras, [name]: event.target.checked })}
            />
          ))}
        </fieldset>
      </div>
      {isSane && <Cost video={{ durationMinutes, resolution, ...extras }} balance={balance} mayBuy={mayBuy} />}
    </div>
  );
}

type CostProps = { video: Parameters<typeof calculateCost>[0]; balance: number; mayBuy: boolean };

function Cost({ video, balance, mayBuy }: CostProps) {
  const { buyCredits } = useShell();
  const { credits, lines } = calculateCost(video);
  const isShort = credits > balance;
  return (
    <div aria-live="polite" className="grid content-start gap-3">
      <Explain
        open
        steps={lines.map((line) => ({ label: `${line.label}, ${line.formula}`, value: String(line.credits) }))}
        sum={{ label: "Credits", value: String(credits) }}
      >
        <Figure value={toCount(credits)} unit={credits === 1 ? "credit" : "credits"} size={39} />
      </Explain>
      <p className="text-13 text-ink-soft">
        {isShort
          ? `You have ${toCount(balance)}, so ${toCount(credits - balance)} are missing.`
          : `Then ${toCount(balance - credits)} are left.`}
      </p>
      {isShort && mayBuy && (
        <Button
          variant="book"
          onClick={() => buyCredits({ missing: credits - balance })}
          className="justify-self-start"
        >
          Buy what is missing
        </Button>
      )}
    </div>
  );
}
