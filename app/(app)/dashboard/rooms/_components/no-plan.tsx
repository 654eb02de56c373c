import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { roomsPlans } from "@/lib/plans/catalogue";

const [starter] = roomsPlans;

/** Without a subscription no room is opened and no call begins. */
export const NoPlan = () => (
  <EmptyState
    title="Rooms come with a plan."
    action={<ButtonLink href="/pricing#rooms">Compare the plans</ButtonLink>}
    className="mt-7 sm:mt-10"
  >
    {starter.name} holds {starter.limits.roomsPerPeriod} rooms and{" "}
    {starter.limits.minutesPerPeriod.toLocaleString("en-US")} minutes a month. Rooms that you had stay listed, and calls
    begin again once a plan covers them.
  </EmptyState>
);
