import type { TagTone } from "@/components/ui/tag";
import { formatAgo, formatInstant } from "@/lib/time";
import type { Delivery } from "@/lib/webhooks/schema";

export type DeliveryRow = {
  eventId: Delivery["eventId"];
  type: string;
  happened: string;
  state: { tone: TagTone; word: string };
  /** What the receiver answered, or why it did not. */
  came: string;
  attempts: string;
  next: string;
};

const STATES: Record<Delivery["state"], DeliveryRow["state"]> = {
  delivered: { tone: "settled", word: "Delivered" },
  waiting: { tone: "held", word: "Waiting" },
  failed: { tone: "lost", word: "Failed" },
};

export const deliveryRow = (delivery: Delivery, now: Date): DeliveryRow => ({
  eventId: delivery.eventId,
  type: delivery.type,
  happened: formatInstant(delivery.happenedAt),
  state: STATES[delivery.state],
  came: came(delivery),
  attempts: delivery.attempts === 1 ? "1 attempt" : `${delivery.attempts} attempts`,
  next: delivery.dueAt && delivery.attempts > 0 ? `next ${formatAgo(delivery.dueAt, now)}` : "",
});

function came({ status, durationMs, failure, state }: Delivery): string {
  if (failure && status === null) return failure;
  if (status === null) return state === "waiting" ? "On its way" : "";
  return durationMs === null ? String(status) : `${status} in ${durationMs} ms`;
}
