import { createPublicKey, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { days, earlier, later } from "@/lib/time";

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT_ID = 0x06;
const UTF8 = 0x0c;
const UTC_TIME = 0x17;
const DNS_NAME = 0x82;
const VERSION = 0xa0;
const EXTENSIONS = 0xa3;

const ECDSA_WITH_SHA256 = "2a8648ce3d040302";
const COMMON_NAME = "550403";
const SUBJECT_ALT_NAME = "551d11";

/** A key, and a certificate for one host that its own key signed; new at each call, and good for a day. */
export function makeCertificate(host: string): { key: string; cert: string } {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const spki = createPublicKey(privateKey).export({ type: "spki", format: "der" });
  const algorithm = der(SEQUENCE, der(OBJECT_ID, hex(ECDSA_WITH_SHA256)));
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, der(OBJECT_ID, hex(COMMON_NAME)), der(UTF8, Buffer.from(host)))));
  const names = der(SEQUENCE, der(DNS_NAME, Buffer.from(host)));
  const facts = der(
    SEQUENCE,
    der(VERSION, der(INTEGER, hex("02"))),
    der(INTEGER, Buffer.from([1, ...randomBytes(15)])),
    algorithm,
    name,
    der(SEQUENCE, utcTime(earlier(new Date(), days(1))), utcTime(later(new Date(), days(1)))),
    name,
    spki,
    der(EXTENSIONS, der(SEQUENCE, der(SEQUENCE, der(OBJECT_ID, hex(SUBJECT_ALT_NAME)), der(OCTET_STRING, names)))),
  );
  const certificate = der(SEQUENCE, facts, algorithm, der(BIT_STRING, hex("00"), sign("sha256", facts, privateKey)));
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString("base64")}\n-----END CERTIFICATE-----\n`,
  };
}

const hex = (text: string): Buffer => Buffer.from(text, "hex");

/** A tag, a length and what it holds, as X.690 lays them out. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(body)]), body]);
}

function lengthOf({ length }: Buffer): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

const utcTime = (instant: Date): Buffer =>
  der(UTC_TIME, Buffer.from(`${instant.toISOString().replace(/\D/g, "").slice(2, 14)}Z`));
