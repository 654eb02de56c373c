import { createHash, hkdfSync } from "node:crypto";
import { env } from "@/lib/env";

/** The secret that tokens are signed with. Their `kid` says which it was, so that secrets can rotate. */
export function signingSecret(): { kid: string; secret: string } {
  const { JWT_SECRET } = env();
  if (!JWT_SECRET) throw new Error("JWT_SECRET is not set");
  return { kid: kidOf(JWT_SECRET), secret: JWT_SECRET };
}

/** The secret that a token names, while it is the present one or the one before. */
export function secretNamed(kid: string | undefined): string {
  const { JWT_SECRET, JWT_SECRET_PREVIOUS } = env();
  const known = [JWT_SECRET, JWT_SECRET_PREVIOUS].find((secret) => secret !== undefined && kidOf(secret) === kid);
  if (known === undefined) throw new Error("No secret has this kid");
  return known;
}

export const keyBytes = (secret: string): Uint8Array => new TextEncoder().encode(secret);

/** A key for one purpose alone: what is signed for one is no good for another. */
export const keyFor = (purpose: string, secret: string): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", secret, "", `parley ${purpose}`, 32));

const kidOf = (secret: string) => createHash("sha256").update(`kid:${secret}`).digest("base64url").slice(0, 8);
