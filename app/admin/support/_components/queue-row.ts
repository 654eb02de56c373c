import { LEVEL_WORDS } from "@/lib/support/rules";
import type { QueuedRequest, RequestState } from "@/lib/support/schema";
import { formatAgo } from "@/lib/time";

export type QueueRow = {
  id: string;
  subject: string;
  who: string;
  level: string;
  state: RequestState;
  when: string;
};

export const queueRow = (request: QueuedRequest, now: Date): QueueRow => ({
  id: request.id,
  subject: request.subject,
  who:
    request.personName === request.accountName ? request.personName : `${request.personName}, ${request.accountName}`,
  level: LEVEL_WORDS[request.level],
  state: request.state,
  when: formatAgo(request.state === "open" ? request.waitingSince : request.updatedAt, now),
});
