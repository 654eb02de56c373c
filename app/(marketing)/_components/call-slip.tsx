import { toMillionths, toNearestCent } from "@/components/brand/amounts";
import { Slip, SlipRow, SlipTotal } from "@/components/brand/slip";
import { Strip } from "@/components/brand/strip";
import { type Bill, type Call, tapeOf } from "./call";

const tones = { free: "faint", billed: "ink", paused: "hold" } as const;

/** The whole width of the strip: the funded time and a few pauses. */
const STRIP_SECONDS = 930;

export function CallSlip({ call, bill, rate }: { call: Call; bill: Bill; rate: string }) {
  return (
    <Slip
      label="Receipt of the simulated call"
      aside={
        <>
          Dana with Noor
          <br />
          {rate} a minute
        </>
      }
    >
      <ol className="flex h-[156px] flex-col justify-end overflow-hidden pb-3 [mask-image:linear-gradient(transparent,#000_28%)] lg:h-[254px]">
        {tapeOf(call).map((line) => (
          <li key={line.key} className="animate-grow">
            <SlipRow amount={toNearestCent(line.amount)} tone={tones[line.kind]}>
              {line.at} {line.text}
            </SlipRow>
          </li>
        ))}
      </ol>
      <Strip
        stretches={[...call.stretches]}
        of={STRIP_SECONDS}
        label="Billed and paused time so far"
        className="mb-3 h-8 w-full"
      />
      <SlipTotal label={bill.state === "ended" ? "Total" : "So far"}>{toNearestCent(bill.total)}</SlipTotal>
      <SlipRow amount={toMillionths(bill.provider)} tone="faint">
        Dana 70 %
      </SlipRow>
      <SlipRow amount={toMillionths(bill.platform)} tone="faint">
        Parley 30 %
      </SlipRow>
    </Slip>
  );
}
