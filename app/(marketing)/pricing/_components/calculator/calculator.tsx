import { Tabs } from "@/components/ui/tabs";
import { Section } from "../../../_components/section";
import { ComputeCalculator } from "./compute-calculator";
import { GatewayCalculator } from "./gateway-calculator";
import { RoomsCalculator } from "./rooms-calculator";

export const Calculator = () => (
  <Section
    id="calculator"
    title="What will it cost?"
    intro="Say what you do in a month. The answer comes from the price list below."
  >
    <Tabs
      label="Calculate for"
      className="mt-8"
      tabs={[
        { value: "rooms", label: "Rooms", content: <RoomsCalculator /> },
        { value: "compute", label: "Compute", content: <ComputeCalculator /> },
        { value: "gateway", label: "Gateway", content: <GatewayCalculator /> },
      ]}
    />
  </Section>
);
