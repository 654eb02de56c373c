import Link from "next/link";
import { Formula } from "@/components/brand/explain";
import { Slip, SlipRow, SlipTotal } from "@/components/brand/slip";
import type { Aftermath, Receipt, ReceiptLot } from "@/lib/receipts/schema";
import { formatDay } from "@/lib/time";

/** The receipt itself, open to its proof. */
export function ReceiptSlip({ receipt }: { receipt: Receipt }) {
  const { id, title, payment, lots, total, computation, entries, aftermath, link } = receipt;
  return (
    <Slip label="Receipt" aside={<Aside id={id} isSealed={link !== null} />}>
      <SlipRow amount={payment?.method ?? ""}>{title}</SlipRow>
      <div className="mt-3 mb-3.5 grid gap-1">
        {lots.map((lot, turn) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a transfer's lots stand in its own order and never change.
          <LotRow key={turn} lot={lot} />
        ))}
      </div>
      <details open className="group/explain">
        <summary className="block rounded-[3px]">
          <SlipTotal label="Total">
            <span className="border-b-[1.5px] border-dotted border-rule-firm pb-0.5 group-open/explain:border-ink">
              {total.text}
            </span>
          </SlipTotal>
          <span className="sr-only">, how it was computed</span>
        </summary>
        <Formula {...computation} className="mt-3.5 bg-paper-sunk px-3.5 py-2.5" />
      </details>
      <Part>
        {entries.map(({ pot, name, amount, after }) => (
          <div key={pot}>
            <SlipRow amount={amount.text}>{name}</SlipRow>
            <SlipRow tone="faint" amount={after.text}>
              then
            </SlipRow>
          </div>
        ))}
      </Part>
      {aftermath.length > 0 && (
        <Part>
          {aftermath.map((one) => (
            <SlipRow key={`${one.what}${one.at.getTime()}`} tone="hold" amount={one.amount.text}>
              {aftermathInWords(one)}
            </SlipRow>
          ))}
        </Part>
      )}
      <Part>{link ? <Seal link={link} /> : <p className="text-ink-faint">being sealed</p>}</Part>
    </Slip>
  );
}

const Aside = ({ id, isSealed }: { id: string; isSealed: boolean }) => (
  <>
    <span className="block">Receipt {id.slice(-8)}</span>
    <span className="block">{isSealed ? "Sealed" : "Booked"}</span>
  </>
);

const Part = ({ children }: { children: React.ReactNode }) => (
  <div className="mt-4 grid gap-1 border-t border-dashed border-rule-firm pt-3.5">{children}</div>
);

const USE_WORDS = { brought: "", used: "out of those ", given_back: "back to those " };
const LOT_WORDS = { paid: "bought", bonus: "given on top", promotional: "given" };
const MONEY_USE_WORDS = { brought: "", used: "out of what was ", given_back: "back to what was " };
const MONEY_WORDS = { ...LOT_WORDS, paid: "put in" };

function LotRow({ lot: { use, kind, amount, price, receiptId } }: { lot: ReceiptLot }) {
  const words =
    amount.asset === "credit"
      ? `${USE_WORDS[use]}${LOT_WORDS[kind]}, ${price.text}`
      : `${MONEY_USE_WORDS[use]}${MONEY_WORDS[kind]}`;
  return (
    <SlipRow tone="faint" amount={amount.text}>
      {receiptId ? <Link href={`/receipts/${receiptId}`}>{words}</Link> : words}
    </SlipRow>
  );
}

const aftermathInWords = ({ what, status, at }: Aftermath): string =>
  `${what === "refund" ? "refund" : "dispute"}, ${status}, ${formatDay(at)}`;

const inFours = (hash: string): string => hash.replace(/.{4}(?=.)/g, "$& ");

const Seal = ({ link: { hash, before } }: { link: NonNullable<Receipt["link"]> }) => (
  <>
    <SlipRow tone="faint" amount={<span className="block max-w-[40ch] text-12">{inFours(hash)}</span>}>
      sha256
    </SlipRow>
    <SlipRow
      tone="faint"
      amount={<span className="text-12">{`${inFours(before.slice(0, 8))} … ${before.slice(-4)}`}</span>}
    >
      after
    </SlipRow>
  </>
);
