import { notFound } from "next/navigation";
import { EmptyState } from "@/components/ui/empty-state";
import { Ledger } from "@/components/ui/ledger";
import { Notice } from "@/components/ui/notice";
import { Stat } from "@/components/ui/stat";
import { env } from "@/lib/env";
import { openCtx } from "@/lib/http/page";
import { formatInstant } from "@/lib/time";
import { readClock } from "@/lib/time-machine/queries";
import { furthestFrom } from "@/lib/time-machine/rules";
import { LANDMARKS, type LandmarkName, type Landmarks, NO_LANDMARK } from "@/lib/time-machine/schema";
import { LocalPage } from "../_components/local-page";
import { GoThere } from "./_components/go-there";
import { type Landmark, Steps } from "./_components/steps";
import { WatchJourney } from "./_components/watch-journey";

export const metadata = { title: "Clock" };

const columns = [
  { key: "when", title: "Due", kind: "when" as const },
  { key: "what", title: "What" },
  { key: "go", title: "Move", kind: "number" as const },
];

function landmarkOf(name: LandmarkName, next: Landmarks, now: Date): Landmark {
  const found = next[name];
  if (!found) return { name, what: NO_LANDMARK[name] };
  const when = formatInstant(found.at);
  if (found.at > furthestFrom(now)) return { name, what: `${found.what}: ${when}, which is too far to go at once.` };
  return { name, when, what: found.what };
}

export default async function TimePage() {
  if (env().isProduction || env().isLive) notFound();
  const { now, elapsed, moving, goingTo, due, next, trouble } = await readClock(await openCtx());
  const ahead = due.filter(({ at }) => at > now);

  return (
    <LocalPage
      title="Clock"
      intro="Moves plans, invoices and expiry forward. Everything due on the way is done, each at its own instant. In production there is no such page."
    >
      <div className="flex flex-wrap gap-x-12 gap-y-6">
        <Stat label="In Parley it is" value={formatInstant(now)} note="Plans, invoices and expiry go by this one." />
        <Stat label="Outside it is" value={formatInstant(elapsed)} note="Logins, limits and calls go by this one." />
      </div>
      {moving && (
        <Notice
          className="mt-6"
          title={goingTo ? `On the way to ${formatInstant(goingTo)}.` : "The clock is being moved."}
        >
          It stops wherever something is due.
        </Notice>
      )}
      {trouble && !moving && (
        <Notice tone="loss" className="mt-6" title="The clock stopped on its way.">
          {trouble}
        </Notice>
      )}
      <WatchJourney moving={moving} />
      <Steps next={ahead[0]?.at.toISOString()} landmarks={LANDMARKS.map((name) => landmarkOf(name, next, now))} />
      <h2 className="mt-12 mb-4 text-20">What comes next</h2>
      <Ledger
        caption="What comes next"
        columns={columns}
        rows={ahead.map(({ name, at }) => ({
          key: name,
          cells: {
            when: <time dateTime={at.toISOString()}>{formatInstant(at)}</time>,
            what: name,
            go: <GoThere name={name} at={at.toISOString()} />,
          },
        }))}
        empty={<EmptyState title="Nothing is due.">A plan, an invoice or a payout puts itself here.</EmptyState>}
      />
    </LocalPage>
  );
}
