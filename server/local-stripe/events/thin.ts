import { newStripeId } from "../store/ids";
import type { StoredEvent, ThinEvent } from "../store/kinds";

const iso = (at: number): string => new Date(at * 1_000).toISOString();

type Facts = { related?: ThinEvent["related_object"]; data?: Record<string, unknown>; snapshot?: string };
type Source = { now: number; cause: { request: string | null; idempotencyKey: string | null }; context?: string };

/** An event that only names what it is about; who wants to know more asks for it. */
export function thinEvent(type: string, { related = null, data, snapshot }: Facts, source: Source): ThinEvent {
  const { request, idempotencyKey } = source.cause;
  return {
    id: newStripeId("evt_test"),
    object: "v2.core.event",
    created: iso(source.now),
    livemode: false,
    type,
    related_object: related,
    ...(source.context !== undefined && { context: source.context }),
    ...(data && { data }),
    ...(snapshot !== undefined && { snapshot_event: snapshot }),
    ...(request !== null && {
      reason: { type: "request" as const, request: { id: request, idempotency_key: idempotencyKey ?? "" } },
    }),
  };
}

/** What is sent: everything but what it says when it is asked. */
export function notificationOf({ data: _, ...event }: ThinEvent): Omit<ThinEvent, "data"> {
  return event;
}

/** Where the object of an older event is found, so that its thin twin can name it. */
export function relatedOf({ data: { object } }: StoredEvent): ThinEvent["related_object"] {
  const { id, object: kind } = object;
  if (typeof id !== "string" || typeof kind !== "string") return null;
  const words = `${kind.replaceAll(".", "/")}s`;
  return { id, type: kind, url: `/v1/${words}/${id}` };
}
