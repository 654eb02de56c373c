import type { KeyActor } from "@/lib/ctx";
import { AppError } from "@/lib/errors";
import { type VerifiedKey, verifyKey } from "@/lib/keys/verify";
import { keyAllowsOrigin } from "@/lib/origins";
import { BROWSER_SCOPES } from "@/lib/scopes";

/** Who a key speaks for. In a page it keeps only what a page may do, and only from the origins it lists. */
export async function actorOfKey(
  presented: string,
  origin: string | null,
): Promise<{ actor: KeyActor; key: VerifiedKey }> {
  const key = await verifyKey(presented);
  if (!key) throw new AppError("invalid_key", "Invalid API key");
  if (origin !== null && !keyAllowsOrigin(key.allowedOrigins, origin)) {
    throw new AppError("origin_not_allowed", `This API key may not be used from ${origin}. Add the origin to the key.`);
  }
  const scopes = origin === null ? key.scopes : key.scopes.filter((scope) => BROWSER_SCOPES.includes(scope));
  return { actor: { kind: "key", keyId: key.id, accountId: key.accountId, scopes }, key };
}
