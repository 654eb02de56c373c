import { toCount } from "@/components/brand/amounts";
import { minutesTogether, type Stay } from "@/lib/plans/calculate";
import { roomsPlans } from "@/lib/plans/catalogue";
import { Section } from "../../_components/section";

const STAYS: Stay[] = [
  { name: "Ana", from: 0, until: 14 },
  { name: "Ben", from: 2, until: 24 },
  { name: "Cem", from: 5, until: 20 },
];
const BEGIN_MINUTES = 10 * 60;
const LENGTH = Math.max(...STAYS.map(({ until }) => until));

const clock = (minute: number): string => {
  const of = BEGIN_MINUTES + minute;
  return `${Math.floor(of / 60)}:${String(of % 60).padStart(2, "0")}`;
};

const together = minutesTogether(STAYS);
/** When the second one is there, and when only one is left. */
const [secondToCome = 0, secondToGo = LENGTH] = [
  STAYS.map(({ from }) => from).sort((a, b) => a - b)[1],
  STAYS.map(({ until }) => until).sort((a, b) => b - a)[1],
];
const [starter] = roomsPlans;

export const MinuteDefinition = () => (
  <Section
    id="minute"
    title="What a minute is."
    intro="A plan counts the time in which two or more people are connected in a room. More people make it no longer, and waiting alone costs nothing."
  >
    <div className="mt-8 grid gap-x-18 gap-y-8 border-t border-ink pt-6 lg:grid-cols-2">
      <div>
        <dl className="grid gap-3">
          {STAYS.map((stay) => (
            <Bar
              key={stay.name}
              label={stay.name}
              words={`${clock(stay.from)} to ${clock(stay.until)}`}
              {...stay}
              look="bg-rule-firm"
            />
          ))}
          <Bar label="Counted" words={`${together} minutes`} from={secondToCome} until={secondToGo} look="bg-book" />
        </dl>
      </div>
      <div className="max-w-measure text-ink-soft">
        <p>
          Ana comes at {clock(0)} and is alone until Ben joins. Cem comes later and makes no difference. Once Cem has
          left, Ben is alone again. Counted are{" "}
          <b className="font-semibold text-ink">
            {together} of {LENGTH} minutes
          </b>
          , so {starter.name}’s {toCount(starter.limits.minutesPerPeriod)} become{" "}
          {toCount(starter.limits.minutesPerPeriod - together)}.
        </p>
        <p className="mt-3">
          All calls of a period are summed to the millisecond, and only the sum is cut down to whole minutes. A line
          that comes back within 20 seconds was never gone.
        </p>
        <p className="mt-3">
          One-to-one sessions are another thing: each minute is set aside before it begins, and a second is billed when
          both sides received it.
        </p>
      </div>
    </div>
  </Section>
);

type BarProps = { label: string; words: string; from: number; until: number; look: string };

const Bar = ({ label, words, from, until, look }: BarProps) => (
  <div className="grid grid-cols-[5rem_minmax(0,1fr)_7.5rem] items-center gap-3 tabular-nums">
    <dt>{label}</dt>
    <dd aria-hidden="true" className="flex h-2.5">
      <span style={{ width: `${(from / LENGTH) * 100}%` }} />
      <span className={`rounded-full ${look}`} style={{ width: `${((until - from) / LENGTH) * 100}%` }} />
    </dd>
    <dd className="text-right text-13 text-ink-soft">{words}</dd>
  </div>
);
