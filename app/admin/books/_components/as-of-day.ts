import { z } from "zod";
import { days, later } from "@/lib/time";

const Day = z.iso.date();

/** The day that an address names, and the last instant of it. Without one, or with nonsense, it is now. */
export function readDay(asked: string | string[] | undefined): { day: string | undefined; at: Date | undefined } {
  const day = Day.safeParse(asked);
  if (!day.success) return { day: undefined, at: undefined };
  return { day: day.data, at: later(new Date(`${day.data}T00:00:00.000Z`), days(1) - 1) };
}
