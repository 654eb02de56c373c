import { Portrait } from "@/components/brand/portrait";
import type { MeetingStory } from "@/lib/rooms/schema";
import { formatClock } from "@/lib/time";

type PresenceChartProps = { story: MeetingStory; now: Date };

/** Each person's stretches on the one time axis of the call. */
export function PresenceChart({ story, now }: PresenceChartProps) {
  const end = story.endedAt ?? now;
  const wholeMs = Math.max(1, end.getTime() - story.startedAt.getTime());
  return (
    <div className="border-t border-ink pt-4">
      <ul className="grid gap-3">
        {story.people.map((person) => (
          <li key={person.id} className="grid items-center gap-x-6 gap-y-1 sm:grid-cols-[12rem_minmax(0,1fr)_4rem]">
            <span className="flex min-w-0 items-center gap-3">
              <Portrait seed={person.id} className="size-7" />
              <span className="min-w-0 truncate">{person.name}</span>
            </span>
            <span aria-hidden="true" className="relative h-6 border-b border-rule">
              {person.stretches.map(({ fromAt, untilAt }) => {
                const from = (fromAt.getTime() - story.startedAt.getTime()) / wholeMs;
                const until = ((untilAt ?? end).getTime() - story.startedAt.getTime()) / wholeMs;
                return (
                  <span
                    key={fromAt.getTime()}
                    className="absolute inset-y-1 min-w-1 rounded-[2px] bg-voice"
                    style={{ left: `${from * 100}%`, width: `${Math.max(0, until - from) * 100}%` }}
                  />
                );
              })}
            </span>
            <span className="text-13 tabular-nums text-ink-soft sm:text-right">
              {formatClock(presentMs(person, end))}
            </span>
          </li>
        ))}
      </ul>
      <p
        aria-hidden="true"
        className="mt-1 flex justify-between text-12 text-ink-faint tabular-nums sm:pr-[5.5rem] sm:pl-[13.5rem]"
      >
        <span>0:00</span>
        <span>{formatClock(wholeMs)}</span>
      </p>
    </div>
  );
}

const presentMs = ({ stretches }: MeetingStory["people"][number], end: Date) =>
  stretches.reduce((sum, { fromAt, untilAt }) => sum + (untilAt ?? end).getTime() - fromAt.getTime(), 0);
