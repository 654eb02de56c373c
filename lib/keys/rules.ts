import { invalid } from "@/lib/errors";
import { type KeyScope, PUBLISHABLE_SCOPES, WORKING_SCOPES } from "@/lib/scopes";
import { hours } from "@/lib/time";
import type { KeyLabel, KeyState, RegenerateKey } from "./schema";

/** The label that a documented address gives where the request names none. */
export const usualLabel = (family: string | undefined): KeyLabel => (family === "gateway" ? "nk" : "mk");

/** What a key may do. A publishable one lies open in a page, so it joins rooms and does nothing else. */
export function scopesFor(label: KeyLabel, asked: readonly KeyScope[] | undefined): KeyScope[] {
  if (label !== "mpk") return [...(asked ?? WORKING_SCOPES)];
  const beyond = asked?.filter((scope) => !PUBLISHABLE_SCOPES.includes(scope)) ?? [];
  if (beyond.length > 0)
    throw invalid({ scopes: `A publishable key can only join rooms; it cannot hold ${beyond.join(", ")}.` });
  return [...PUBLISHABLE_SCOPES];
}

/** Whether `?api_key=` is accepted: for secret keys unless switched off, for publishable ones never. */
export function queryFor(label: KeyLabel, asked: boolean | undefined): boolean {
  if (label === "mpk" && asked) throw invalid({ allowQuery: "A publishable key is not accepted in an address." });
  return label !== "mpk" && (asked ?? true);
}

export function requireFuture(expiresAt: Date | null, now: Date): void {
  if (expiresAt !== null && expiresAt <= now) throw invalid({ expiresAt: "expiresAt must be in the future." });
}

/** How long the old key goes on working. A key that leaked gets no time at all. */
export function overlapOf({ overlapHours, compromised }: RegenerateKey): number {
  if (compromised && overlapHours > 0)
    throw invalid({ overlapHours: "A compromised key ends at once. Leave out overlapHours." });
  return hours(overlapHours);
}

/** `hasEnded` is the database's word on `revokedAt`, because no other clock may bring a revoked key back. */
export function stateOf(
  key: { hasEnded: boolean; revokedAt: Date | null; expiresAt: Date | null },
  now: Date,
): KeyState {
  if (key.hasEnded) return "revoked";
  if (key.expiresAt !== null && key.expiresAt <= now) return "expired";
  return key.revokedAt === null ? "live" : "retiring";
}
