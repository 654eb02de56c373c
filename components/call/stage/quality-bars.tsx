"use client";

import { cx } from "@/components/ui/cx";
import type { QualityReason } from "@/lib/rtc/quality/state";
import type { QualityLevel } from "@/lib/rtc/state";
import { useRunning } from "../context";
import { useFrom } from "../use-readable";

const BARS: Record<QualityLevel, number> = { unknown: 3, good: 3, fair: 2, poor: 1, lost: 0 };
const WORDS: Record<QualityLevel, string> = {
  unknown: "Connection not measured yet",
  good: "Good connection",
  fair: "Fair connection",
  poor: "Poor connection",
  lost: "Nothing arrives",
};

export const REASONS: Record<QualityReason, string> = {
  their_upload: "Their upload is weak",
  your_download: "Your download is weak",
  your_upload: "Your upload is weak",
  delay: "The way is long",
  nothing_arrives: "Nothing arrives",
  your_computer: "Your computer is busy",
};

/** Three bars and, to read, why. Nothing is drawn while all is well. */
export function QualityBars({ id }: { id: string }) {
  const { call } = useRunning();
  const level = useFrom(call.quality, ({ people }) => levelIn(people, id));
  const reason = useFrom(call.quality, ({ people }) => reasonIn(people, id));
  const words = reason ? `${WORDS[level]}. ${REASONS[reason]}.` : WORDS[level];
  if (level === "unknown" || level === "good") return null;
  return (
    <span
      role="img"
      title={words}
      aria-label={words}
      className="pointer-events-auto inline-flex h-3.5 items-end gap-[2px]"
    >
      {[1, 2, 3].map((bar) => (
        <span
          key={bar}
          style={{ height: `${bar * 33}%` }}
          className={cx(
            "w-[3px] rounded-[1px]",
            bar <= BARS[level]
              ? level === "fair"
                ? "bg-[oklch(.95_.009_128)]"
                : "bg-hold-fill"
              : "bg-[oklch(.95_.009_128/.3)]",
          )}
        />
      ))}
    </span>
  );
}

type People = ReadonlyMap<string, { level: QualityLevel; reason: QualityReason | null }>;

const levelIn = (people: People, id: string): QualityLevel => people.get(id)?.level ?? "unknown";
const reasonIn = (people: People, id: string): QualityReason | null => people.get(id)?.reason ?? null;
