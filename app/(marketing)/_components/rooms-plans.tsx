import { toCount } from "@/components/brand/amounts";
import { type RoomsPlan, roomsPlans } from "@/lib/plans/catalogue";
import { PlanComparison } from "./plan-comparison";

const branding: Record<RoomsPlan["branding"], string> = {
  parley: "Parley’s",
  custom: "Yours",
  "white-label": "Yours, white label",
};
const support: Record<RoomsPlan["support"], string> = {
  guides: "Guides",
  "priority-email": "Priority e-mail",
  phone: "Phone",
};

const each = (label: string, read: (plan: RoomsPlan) => string) => ({ label, values: roomsPlans.map(read) });

const rows = [
  each("Rooms each period", ({ limits }) => toCount(limits.roomsPerPeriod)),
  each("People in a room", ({ limits }) => toCount(limits.participantsPerRoom)),
  each("Minutes each period", ({ limits }) => toCount(limits.minutesPerPeriod)),
  each("Video", ({ video }) => video.toUpperCase()),
  each("Branding", (plan) => branding[plan.branding]),
  each("Help", (plan) => support[plan.support] + (plan.hasDedicatedSupport ? ", a named person" : "")),
];

export function RoomsPlans() {
  return (
    <>
      <PlanComparison
        caption="Rooms plans compared"
        plans={roomsPlans.map(({ id, name, monthlyPrice, yearlyPrice }) => ({
          id,
          name,
          monthlyPrice,
          yearlyPrice,
          isSuggested: id === "rooms-professional",
        }))}
        rows={rows}
      />
      <p className="mt-4 max-w-measure text-13 text-ink-faint">
        Limits start again on your own date. At the limit a room is refused with the number it reached, and nothing is
        added to the bill.
      </p>
    </>
  );
}
