import { toCount } from "@/components/brand/amounts";
import { Stat } from "@/components/ui/stat";
import { formatDay } from "@/lib/time";
import type { Usage } from "@/lib/usage/schema";

/** What the plan still holds: the one number first, and how it came about under it. */
export function PlanUse({ period, usage, limits }: Usage) {
  const left = Math.max(0, limits.maxMinutes - usage.currentMonthMinutes);
  return (
    <div className="mt-7 grid gap-x-16 gap-y-8 sm:mt-10 lg:grid-cols-[minmax(0,1fr)_minmax(0,22rem)] lg:items-end">
      <Stat
        size={76}
        label="Minutes left"
        value={toCount(left)}
        note={`Until ${formatDay(period.end)}. A minute counts while two or more are connected in a room; alone it costs nothing.`}
      />
      <dl className="grid gap-4">
        <Use label="Minutes" used={usage.currentMonthMinutes} of={limits.maxMinutes} />
        <Use label="Rooms opened" used={usage.currentMonthRooms} of={limits.maxRooms} />
        <div className="flex justify-between gap-4 text-13">
          <dt className="text-ink-soft">Each person’s minutes, summed</dt>
          <dd className="tabular-nums">{toCount(usage.participantMinutes)}</dd>
        </div>
      </dl>
    </div>
  );
}

const NEARLY = 0.8;

function Use({ label, used, of }: { label: string; used: number; of: number }) {
  const part = of > 0 ? Math.min(1, used / of) : 1;
  return (
    <div className="grid gap-1.5">
      <div className="flex justify-between gap-4 text-13">
        <dt className="text-ink-soft">{label}</dt>
        <dd className="tabular-nums">
          {toCount(used)} of {toCount(of)}
          {part >= NEARLY && <span className="text-hold">{part === 1 ? ", used up" : ", nearly used up"}</span>}
        </dd>
      </div>
      <div
        aria-hidden="true"
        className="h-1.5 overflow-hidden rounded-full bg-paper-sunk shadow-[inset_0_0_0_1px_var(--rule)]"
      >
        <div
          className={`h-full origin-left rounded-full ${part >= NEARLY ? "bg-hold-fill" : "bg-book"}`}
          style={{ scale: `${part} 1` }}
        />
      </div>
    </div>
  );
}
