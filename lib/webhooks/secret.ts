import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { env } from "@/lib/env";

const LABEL = "whsec_";
const SECRET_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A secret as Standard Webhooks writes it: a label and the base64 of its bytes. */
export const mintSecret = (): string => LABEL + randomBytes(SECRET_BYTES).toString("base64");

export type Signed = { id: string; timestamp: number; body: string };

/** One signature of the scheme v1. */
export function sign(secret: string, { id, timestamp, body }: Signed): string {
  const key = Buffer.from(secret.slice(LABEL.length), "base64");
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}

/** As it is kept: whoever reads the database alone cannot sign. */
export function seal(secret: string): string {
  const key = sealingKey(env().JWT_SECRET ?? "");
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return nameOf(key) + Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** Opens what the secret of now sealed, or the one of before. */
export function open(kept: string): string {
  const { JWT_SECRET, JWT_SECRET_PREVIOUS } = env();
  for (const secret of [JWT_SECRET, JWT_SECRET_PREVIOUS]) {
    const key = secret === undefined ? undefined : sealingKey(secret);
    if (key && kept.startsWith(nameOf(key))) return openWith(key, kept.slice(nameOf(key).length));
  }
  throw new Error("A webhook secret was sealed with a JWT_SECRET that is not set any more");
}

/** What every secret begins with that needs no sealing again. */
export const currentSeal = (): string => nameOf(sealingKey(env().JWT_SECRET ?? ""));

function openWith(key: Buffer, sealed: string): string {
  const bytes = Buffer.from(sealed, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8");
}

const sealingKey = (secret: string): Buffer =>
  Buffer.from(hkdfSync("sha256", secret, "", "parley webhook secrets", 32));

/** Says by which key something was sealed, and nothing about the key. */
const nameOf = (key: Buffer): string => `${createHash("sha256").update(key).digest("hex").slice(0, 8)}.`;
