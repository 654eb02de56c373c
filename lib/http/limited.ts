import type { Actor } from "@/lib/ctx";
import { toRefusal } from "@/lib/errors";
import { anonymousLimit, type Limit, memberLimit, networkOf, takeTurn } from "@/lib/limits";
import type { Arrival } from "./arrival";

/** Counts a request against whoever made it: the key, the login, or the address of somebody unknown. */
export function countRequest(actor: Actor, { origin }: Arrival): Record<string, string> {
  const turn =
    actor.kind === "key"
      ? takeTurn(actor.keyId, memberLimit())
      : actor.kind === "user"
        ? takeTurn(actor.loginId, memberLimit())
        : takeTurn(networkOf(origin.ip), anonymousLimit());
  return {
    "ratelimit-limit": String(turn.limit),
    "ratelimit-remaining": String(turn.remaining),
    "ratelimit-reset": String(turn.resetSeconds),
  };
}

/** How many accounts at one address are taken for granted. */
const ACCOUNTS_BEHIND_AN_ADDRESS = 3;

/** Counts a request to one address of ours closer than the others: for the account, and for wherever it comes from. */
export function paceRequest(actor: Actor, { path, origin }: Arrival, limit: Limit): void {
  if ("accountId" in actor) takeTurn(`${path} ${actor.accountId}`, limit);
  takeTurn(`${path} ${networkOf(origin.ip)}`, { ...limit, count: limit.count * ACCOUNTS_BEHIND_AN_ADDRESS });
}

/** Counts what was refused against its address. What proved itself is never held up by what did not. */
export function countRefusal(error: unknown, { origin }: Arrival): unknown {
  if (toRefusal(error).status >= 500) return error;
  try {
    takeTurn(networkOf(origin.ip), anonymousLimit());
    return error;
  } catch (tooMany) {
    return tooMany;
  }
}
