import type { Id } from "@/lib/ids";
import { EVENTS, type EventFacts, type EventType } from "./catalogue";

export type NewEvent<T extends EventType> = {
  accountId: Id<"account">;
  type: T;
  facts: EventFacts<T>;
  at: Date;
};

/** What a receiver gets, to the byte: it is signed as it stands here, at every try. */
export const bodyOf = <T extends EventType>({ accountId, type, facts, at }: NewEvent<T>): string =>
  JSON.stringify({ type, timestamp: at.toISOString(), accountId, data: EVENTS[type].facts.parse(facts) });
