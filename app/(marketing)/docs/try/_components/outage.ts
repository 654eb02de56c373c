import type { TrialPerson } from "@/lib/rooms/schema";
import type { CallState } from "@/lib/rtc/state";

export type Fault = { kind: "signalling"; forMs: number } | { kind: "connections" };

/** Something that was broken on purpose; `lastedMs` once both are well again. */
export type Outage = { who: TrialPerson; fault: Fault; atMs: number; isFelt: boolean; lastedMs: number | null };

export const isMended = ({ lastedMs }: Outage): boolean => lastedMs !== null;

/** Whether one end of a call of two has the server and the other one. */
export function isWell(room: CallState | undefined): boolean {
  const [other] = room?.people ?? [];
  return room?.phase === "connected" && other !== undefined && !other.isAway && other.link === "connected";
}

/** Several ways were tried, and none of them led to the other one. */
export const isHopeless = ({ people }: CallState): boolean => people.some(({ link }) => link === "failed");

/** How one end stands, in a sentence. */
export function standing({ phase, reconnect, people, ended, refused }: CallState): string {
  const [other] = people;
  if (phase === "ended") return ended?.message ?? "The call is over.";
  if (phase === "idle") return refused?.userMessage ?? "Not in the room yet";
  if (phase === "connecting" || phase === "waiting") return "Coming in";
  if (phase === "reconnecting") return `The server is out of reach, attempt ${reconnect?.attempt ?? 1}`;
  if (!other) return "Alone in the room";
  if (other.isAway) return `${other.name} lost the server, and has a place for 20 s`;
  return LINKS[other.link](other.name);
}

const LINKS: Record<CallState["people"][number]["link"], (name: string) => string> = {
  connecting: (name) => `Finding a way to ${name}`,
  connected: (name) => `Connected to ${name}`,
  reconnecting: (name) => `The way to ${name} is lost, looking for another`,
  failed: (name) => `No way to ${name} so far, trying on`,
};
