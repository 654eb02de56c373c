import type { Metadata } from "next";
import { RoomsPlans } from "../_components/rooms-plans";
import { Section } from "../_components/section";
import { Calculator } from "./_components/calculator/calculator";
import { ComputePrices } from "./_components/compute-prices";
import { CreditPrices } from "./_components/credit-prices";
import { GatewayPrice } from "./_components/gateway-price";
import { MinuteDefinition } from "./_components/minute-definition";
import { RefundQuestions } from "./_components/refund-questions";
import { SessionSplit } from "./_components/session-split";

export const metadata: Metadata = {
  title: "Pricing",
  description:
    "Rooms by the month, calls by the thousandth of a dollar, compute by the hour, sessions by the minute, credits in four packages.",
};

export default function PricingPage() {
  return (
    <>
      <div className="page-wrap pt-6 sm:pt-10">
        <h1 className="max-w-[15em] text-[clamp(2.6rem,5vw,3.8125rem)] leading-[1.04] font-normal tracking-[-0.03em]">
          Every price, and how it is counted.
        </h1>
        <p className="mt-5 max-w-measure text-16 text-ink-soft">
          Take one of these or all five. Each family has its own plan, and they share one wallet and one ledger.
        </p>
      </div>
      <Calculator />
      <Section
        id="rooms"
        title="Rooms, by the month."
        intro="Video and voice in your own app. The SDK, the signalling and the keys are in every plan."
      >
        <RoomsPlans />
      </Section>
      <MinuteDefinition />
      <SessionSplit />
      <CreditPrices />
      <GatewayPrice />
      <ComputePrices />
      <RefundQuestions />
    </>
  );
}
