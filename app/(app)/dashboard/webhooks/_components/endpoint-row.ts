import type { TagTone } from "@/components/ui/tag";
import { formatAgo, formatInstant } from "@/lib/time";
import type { Endpoint } from "@/lib/webhooks/schema";

/** An endpoint as the pages show it: dates are already words, so that server and browser say the same. */
export type EndpointRow = {
  id: Endpoint["id"];
  url: string;
  description: string;
  events: string[];
  hears: string;
  enabled: boolean;
  state: { tone: TagTone; word: string };
  /** What there is to know about the state, in a sentence. */
  why: string;
  since: string;
};

export const endpointRow = (endpoint: Endpoint, now: Date): EndpointRow => ({
  id: endpoint.id,
  url: endpoint.url,
  description: endpoint.description,
  events: endpoint.events,
  hears: hears(endpoint.events),
  enabled: endpoint.state === "enabled",
  state: stateOf(endpoint),
  why: whyOf(endpoint),
  since: formatAgo(endpoint.stateSince, now),
});

function stateOf({ state, failingSince }: Endpoint): EndpointRow["state"] {
  if (state === "disabled") return { tone: "lost", word: "Off" };
  return failingSince ? { tone: "held", word: "Failing" } : { tone: "settled", word: "On" };
}

function whyOf({ reason, stateSince, failingSince, state }: Endpoint): string {
  const at = formatInstant(stateSince);
  if (reason === "gone") return `It answered 410 and was switched off, ${at}.`;
  if (reason === "failing") return `It took no event for five days and was switched off, ${at}.`;
  if (reason === "by_hand") return `Somebody switched it off, ${at}.`;
  return state === "enabled" && failingSince ? `No event was taken since ${formatInstant(failingSince)}.` : "";
}

function hears(events: string[]): string {
  if (events.length === 0) return "Every event";
  const [first, second, ...others] = events;
  const named = [first, second].filter(Boolean).join(", ");
  return others.length > 0 ? `${named} and ${others.length} more` : named;
}
