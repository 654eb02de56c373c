import type { RoomsPlan } from "@/lib/plans/catalogue";
import { addMonths, days, later } from "@/lib/time";
import type { RoomsFeatures } from "./schema";

/** What one of our plans of the rooms family holds. */
export const featuresOf = ({ limits, branding }: Pick<RoomsPlan, "limits" | "branding">): RoomsFeatures => ({
  maxRooms: limits.roomsPerPeriod,
  maxParticipants: limits.participantsPerRoom,
  maxMinutes: limits.minutesPerPeriod,
  branding,
  whiteLabel: branding === "white-label",
});

/** So long what is not paid for goes on, from the first try that failed. */
export const graceDays = 7;

export const graceEnds = (pastDueAt: Date): Date => later(pastDueAt, days(graceDays));

type Standing = {
  state: string;
  pastDueAt: Date | null;
  cancelAt: Date | null;
};

/** Whether a subscription gives what it holds at this moment. Nothing waits for Stripe to say that a day has come. */
export function isInForce({ state, pastDueAt, cancelAt }: Standing, now: Date): boolean {
  if (cancelAt !== null && now >= cancelAt) return false;
  if (state === "active" || state === "trialing") return true;
  return (state === "past_due" || state === "unpaid") && pastDueAt !== null && now < graceEnds(pastDueAt);
}

/** The month around an instant, counted from the subscription's own date. One of the 31st ends on the last day of shorter months. */
export function monthAround(anchor: Date, now: Date): { start: Date; end: Date } {
  const day = anchor.getUTCDate();
  const years = now.getUTCFullYear() - anchor.getUTCFullYear();
  const guess = years * 12 + now.getUTCMonth() - anchor.getUTCMonth();
  const months = addMonths(anchor, guess, day) > now ? guess - 1 : guess;
  return { start: addMonths(anchor, months, day), end: addMonths(anchor, months + 1, day) };
}
