import { toCount, toPriceTag } from "@/components/brand/amounts";
import type { Plan } from "@/lib/plans/catalogue";

/** What a plan holds, in a line. */
export function holdsWords(plan: Plan): string {
  switch (plan.family) {
    case "rooms": {
      const { roomsPerPeriod, participantsPerRoom, minutesPerPeriod } = plan.limits;
      return `${toCount(roomsPerPeriod)} rooms, ${toCount(minutesPerPeriod)} minutes a month, ${toCount(participantsPerRoom)} people in a room`;
    }
    case "compute":
      return `${plan.limits.cores} cores, ${plan.limits.memoryGb} GB of memory, ${plan.limits.storageGb} GB of storage`;
    case "gateway":
      return `${toCount(plan.freeCallsPerMonth)} calls a month free, then ${toPriceTag(plan.pricePerCall)} a call`;
  }
}
