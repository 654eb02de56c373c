import { createHmac } from "node:crypto";

/** `t=…,v1=…`, with one `v1` for each secret that is valid: during a rotation there are two. */
export function signatureOf(body: string, secrets: string[], at: number): string {
  const signed = secrets.map((secret) => `v1=${createHmac("sha256", secret).update(`${at}.${body}`).digest("hex")}`);
  return [`t=${at}`, ...signed].join(",");
}
