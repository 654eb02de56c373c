import Link from "next/link";
import { toPriceTag } from "@/components/brand/amounts";
import { exampleRatePerMinute } from "@/lib/plans/catalogue";
import { Commands } from "./_components/commands";
import { LivingProof } from "./_components/living-proof";
import { MeasuredNumbers } from "./_components/measured";
import { numbers } from "./_components/numbers";
import { RoomsPlans } from "./_components/rooms-plans";
import { Section } from "./_components/section";
import { Systems } from "./_components/systems";

export default function LandingPage() {
  return (
    <>
      <div className="page-wrap pt-6 sm:pt-10">
        <h1 className="max-w-[15.5em] text-[clamp(2.6rem,6.1vw,4.75rem)] leading-[1.02] font-normal tracking-[-0.032em]">
          Paid conversations, and books that prove themselves.
        </h1>
        <LivingProof rate={toPriceTag(exampleRatePerMinute)} />
      </div>
      <Commands />
      <Systems />
      <MeasuredNumbers numbers={numbers} />
      <Section title="Rooms, by the month.">
        <RoomsPlans />
        <p className="mt-4">
          <Link href="/pricing" className="inline-flex min-h-11 items-center font-[550]">
            Every price: gateway, compute, sessions and credits
          </Link>
        </p>
      </Section>
    </>
  );
}
