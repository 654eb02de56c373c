/** What a receiver runs, as it is read on the page. A test runs it just so. */
export const VERIFY_WEBHOOK = `import { createHmac, timingSafeEqual } from "node:crypto";

const toleranceSeconds = 300;

/** Throws unless the body, as it came and not parsed yet, was signed with your secret a moment ago. */
export function verify(secret: string, headers: Headers, body: string): { type: string; data: unknown } {
  const id = headers.get("webhook-id") ?? "";
  const timestamp = headers.get("webhook-timestamp") ?? "";
  const age = Math.abs(Date.now() / 1000 - Number(timestamp));
  if (!(age <= toleranceSeconds)) throw new Error("Too old or too new");

  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const wanted = createHmac("sha256", key).update([id, timestamp, body].join(".")).digest();
  const shown = (headers.get("webhook-signature") ?? "").split(" ");
  const isSigned = shown.some((one) => {
    const [version, signature = ""] = one.split(",");
    const bytes = Buffer.from(signature, "base64");
    return version === "v1" && bytes.length === wanted.length && timingSafeEqual(bytes, wanted);
  });
  if (!isSigned) throw new Error("Not signed with this secret");
  return JSON.parse(body);
}
`;
