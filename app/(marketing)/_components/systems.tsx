import Link from "next/link";
import type { ReactNode } from "react";
import { Price } from "@/components/brand/price";
import { Figure } from "@/components/ui/figure";
import { computeRates, creditsPerMinute, exampleRatePerMinute, gatewayPlan, roomsPlans } from "@/lib/plans/catalogue";
import { CallsCounted, CreditsSpent, HoursComputed, PeopleInARoom, SomebodyCalls } from "./drawings";
import { Section } from "./section";

type System = { id: string; name: string; says: string; drawing: ReactNode; figure: ReactNode; unit: string };

const systems: System[] = [
  {
    id: "rooms",
    name: "Rooms",
    says: "Video and voice inside somebody else’s app: a script tag, a key, a plan.",
    drawing: <PeopleInARoom />,
    figure: <Price amount={roomsPlans[0].monthlyPrice} size={31} />,
    unit: "a month, 1,000 minutes",
  },
  {
    id: "gateway",
    name: "Gateway",
    says: "An API that counts its calls. The first thousand of each month are free.",
    drawing: <CallsCounted />,
    figure: <Price amount={gatewayPlan.pricePerCall} size={31} />,
    unit: "a call",
  },
  {
    id: "compute",
    name: "Compute",
    says: "Cores, memory and storage of running work, metered, with a limit that holds.",
    drawing: <HoursComputed />,
    figure: <Price amount={computeRates.coreHour} size={31} />,
    unit: "a core-hour",
  },
  {
    id: "sessions",
    name: "Sessions and streams",
    says: "One to one by the minute, or one to many with gifts. 70 % goes to the person.",
    drawing: <SomebodyCalls />,
    figure: <Price amount={exampleRatePerMinute} size={31} />,
    unit: "a minute, for example",
  },
  {
    id: "credits",
    name: "Credits",
    says: "Ten to begin with, then four packages. A video that fails gives its credits back.",
    drawing: <CreditsSpent />,
    figure: <Figure value={String(creditsPerMinute["720p"])} />,
    unit: "credits a minute of 720p",
  },
];

export function Systems() {
  return (
    <Section
      id="systems"
      title="Five systems to build on."
      intro="What Parley is for, alone or together, and what each costs. This release holds what they all stand on: accounts, members, keys and the API."
    >
      <ul className="mt-8 border-t border-b-3 border-t-ink border-b-ink [border-bottom-style:double]">
        {systems.map((system) => (
          <SystemRow key={system.id} {...system} />
        ))}
      </ul>
    </Section>
  );
}

function SystemRow({ id, name, says, drawing, figure, unit }: System) {
  return (
    <li className="grid items-center gap-x-5 gap-y-2 border-b border-rule py-6 last:border-0 sm:grid-cols-[1fr_260px] sm:gap-x-12 lg:grid-cols-[2.7fr_3.9fr_260px_2.2fr]">
      <h3 className="display text-25">{name}</h3>
      <p className="max-w-[40ch] text-ink-soft sm:col-start-1 lg:col-start-auto">{says}</p>
      <div className="my-2 max-w-[260px] sm:col-start-2 sm:row-span-3 sm:row-start-1 sm:my-0 lg:col-start-auto lg:row-span-1">
        {drawing}
      </div>
      <p className="lg:justify-self-end lg:text-right">
        <Link
          href={`/pricing#${id}`}
          className="group flex flex-wrap items-baseline gap-x-2 touch:min-h-11 rounded-[3px] no-underline lg:grid lg:justify-items-end"
        >
          {figure}
          <span className="text-13 text-ink-faint group-hover:underline">{unit}</span>
        </Link>
      </p>
    </li>
  );
}
