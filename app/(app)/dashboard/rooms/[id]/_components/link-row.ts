import type { TagTone } from "@/components/ui/tag";
import type { Link } from "@/lib/rooms/schema";
import { formatInstant } from "@/lib/time";

export type LinkRow = {
  id: Link["id"];
  label: string;
  grants: string;
  ends: string;
  state: { tone: TagTone; word: string };
  isLive: boolean;
};

const ROLES = { host: "Host", moderator: "May moderate", speaker: "Talks and shows", listener: "Listens only" };

const STATES: Record<Link["state"], LinkRow["state"]> = {
  live: { tone: "settled", word: "Works" },
  spent: { tone: "draft", word: "Used" },
  expired: { tone: "draft", word: "Ran out" },
  revoked: { tone: "lost", word: "Taken back" },
};

export const linkRow = (link: Link): LinkRow => ({
  id: link.id,
  label: link.label,
  grants: link.oneTime ? `${ROLES[link.role]}, one person` : ROLES[link.role],
  ends: link.expiresAt ? formatInstant(link.expiresAt) : "Never",
  state: STATES[link.state],
  isLive: link.state === "live",
});
