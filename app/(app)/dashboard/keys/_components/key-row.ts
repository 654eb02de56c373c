import type { KeyLabel, KeyState, ListedKey } from "@/lib/keys/schema";
import { KEY_SCOPES, type KeyScope, SCOPE_MEANING } from "@/lib/scopes";
import { formatAgo, formatDay, formatInstant } from "@/lib/time";

/** A key as the page shows it: dates are already words, so that server and browser say the same. */
export type KeyRow = {
  id: ListedKey["id"];
  name: string;
  label: KeyLabel;
  masked: string;
  state: KeyState;
  scopes: KeyScope[];
  may: string;
  allowedOrigins: string[];
  allowQuery: boolean;
  created: string;
  lastUsed: string;
  /** What will end it or has ended it, where something does. */
  ends: string;
  /** As a date field wants it; empty when it does not expire. */
  lastDay: string;
};

export const keyRow = (key: ListedKey, now: Date): KeyRow => ({
  id: key.id,
  name: key.name,
  label: key.label,
  masked: `${key.prefix}…${key.lastFour}`,
  state: key.state,
  scopes: key.scopes,
  may: inWords(key.scopes),
  allowedOrigins: key.allowedOrigins,
  allowQuery: key.allowQuery,
  created: formatDay(key.createdAt),
  lastUsed: key.lastUsedAt ? formatAgo(key.lastUsedAt, now) : "Never",
  ends: endOf(key),
  lastDay: key.expiresAt ? key.expiresAt.toISOString().slice(0, 10) : "",
});

function endOf({ state, revokedAt, expiresAt }: ListedKey): string {
  if (state === "revoked" && revokedAt) return formatInstant(revokedAt);
  if (state === "retiring" && revokedAt) return `Stops ${formatInstant(revokedAt)}`;
  return expiresAt ? formatDay(expiresAt) : "Never";
}

function inWords(scopes: readonly KeyScope[]): string {
  if (scopes.length === KEY_SCOPES.length) return "Everything";
  const [first, second, ...others] = scopes.map((scope) => SCOPE_MEANING[scope]);
  const named = [first, second?.toLowerCase()].filter(Boolean).join(", ");
  return others.length > 0 ? `${named} and ${others.length} more` : named;
}
