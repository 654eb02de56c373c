"use client";

import { toCount, toNearestMill } from "@/components/brand/amounts";
import { cx } from "@/components/ui/cx";
import { Figure } from "@/components/ui/figure";
import { Stamp } from "@/components/ui/tag";
import { formatMoney, type Micros } from "@/lib/money";
import { type CreditPackage, creditPackages, creditsPerMinute, type PackageNumber } from "@/lib/plans/catalogue";

type PackageSlipsProps = {
  chosen: PackageNumber;
  onChoose: (id: PackageNumber) => void;
  disabled?: boolean;
  pricePerCredit: (one: CreditPackage) => Micros;
};

/** The four packages side by side, one of them picked up. Arrow keys move, as in every group of radios. */
export function PackageSlips({ chosen, onChoose, disabled, pricePerCredit }: PackageSlipsProps) {
  return (
    <fieldset disabled={disabled} className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <legend className="sr-only">Package</legend>
      {creditPackages.map((one) => (
        <label
          key={one.id}
          className={cx(
            "relative grid cursor-pointer content-start rounded-control border p-4 transition-colors max-sm:p-3",
            "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ink",
            one.id === chosen
              ? "border-book bg-paper-raised shadow-[inset_0_0_0_1px_var(--book)]"
              : "border-rule-firm bg-paper-sunk hover:border-ink",
          )}
        >
          <input
            type="radio"
            name="package"
            value={one.id}
            checked={one.id === chosen}
            onChange={() => onChoose(one.id)}
            className="sr-only"
          />
          <PackageWords one={one} each={pricePerCredit(one)} />
        </label>
      ))}
    </fieldset>
  );
}

const PackageWords = ({ one, each }: { one: CreditPackage; each: Micros }) => (
  <>
    <span className="flex min-h-6 flex-wrap items-center justify-between gap-1.5 font-semibold">
      {one.name}
      {one.isBestValue && <Stamp>Best value</Stamp>}
    </span>
    <Figure value={toCount(one.credits + one.bonusCredits)} size={49} className="mt-3 max-sm:text-39" />
    <span className="mt-1.5 min-h-5 text-13 text-ink-soft">
      {one.bonusCredits > 0 && `${toCount(one.credits)} + ${toCount(one.bonusCredits)} given`}
    </span>
    <span className="mt-3 grid gap-0.5 border-t border-dashed border-rule-firm pt-3">
      <b className="text-16 font-semibold tabular-nums">{formatMoney(one.price)}</b>
      <span className="text-13 text-ink-soft tabular-nums">{toNearestMill(each)} each</span>
      <span className="text-13 text-ink-soft">{toCount(minutesOf(one))} minutes at 720p</span>
    </span>
  </>
);

const minutesOf = ({ credits, bonusCredits }: CreditPackage): number =>
  Math.floor((credits + bonusCredits) / creditsPerMinute["720p"]);
