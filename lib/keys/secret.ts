import { hash, randomBytes, timingSafeEqual } from "node:crypto";
import { crc32 } from "node:zlib";
import type { KeyLabel } from "./schema";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const NAME_LENGTH = 10;
const SECRET_LENGTH = 32; // 32 of 62 characters are 190 bits
const CHECK_LENGTH = 6;
// The largest multiple of 62 in a byte: what lies above would make some characters likelier.
const FAIR_BYTES = 248;

const SHAPE = new RegExp(`^(?:mk|nk|mpk)_[0-9A-Za-z]{${NAME_LENGTH + SECRET_LENGTH + CHECK_LENGTH}}$`);

/** A key as it is made: shown once as `key`, kept as `hash`. `prefix` names it in public and is no secret. */
export type MintedSecret = { key: string; prefix: string; lastFour: string; hash: string };

/** What a presented key says of itself. It proves nothing until the digest is compared. */
export type ShownSecret = { prefix: string; digest: Buffer };

export function mintSecret(label: KeyLabel): MintedSecret {
  const body = `${label}_${randomText(NAME_LENGTH + SECRET_LENGTH)}`;
  const key = body + checkOf(body);
  return {
    key,
    prefix: body.slice(0, label.length + 1 + NAME_LENGTH),
    lastFour: key.slice(-4),
    hash: digestOf(key).toString("base64url"),
  };
}

/** Takes a presented key apart. What is malformed, mistyped or made up without its check characters is nothing. */
export function readSecret(presented: string): ShownSecret | undefined {
  if (!SHAPE.test(presented)) return undefined;
  const body = presented.slice(0, -CHECK_LENGTH);
  if (!presented.endsWith(checkOf(body))) return undefined;
  return { prefix: body.slice(0, -SECRET_LENGTH), digest: digestOf(presented) };
}

/** Takes as long for a near miss as for a far one. */
export const sameDigest = (one: Buffer, other: Buffer): boolean =>
  one.length === other.length && timingSafeEqual(one, other);

export const digestFrom = (kept: string): Buffer => Buffer.from(kept, "base64url");

const digestOf = (key: string): Buffer => hash("sha256", key, "buffer");

function checkOf(body: string): string {
  let text = "";
  let left = crc32(body);
  for (let i = 0; i < CHECK_LENGTH; i += 1) {
    text = ALPHABET.charAt(left % 62) + text;
    left = Math.floor(left / 62);
  }
  return text;
}

function randomText(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < FAIR_BYTES && text.length < length) text += ALPHABET.charAt(byte % 62);
    }
  }
  return text;
}
