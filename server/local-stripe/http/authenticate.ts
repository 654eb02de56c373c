import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { StripeRefusal } from "./errors";

export type Caller = { account: string; kind: "secret" | "publishable" };

const KEY = /^(sk|pk)_test_local_([A-Za-z0-9_]{1,80})$/;

/** Only local keys are let in. Each is an account of its own, empty at first. */
export function authenticate(headers: IncomingHttpHeaders): Caller {
  const key = presented(headers.authorization);
  if (key === undefined) {
    throw unauthorized(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    );
  }
  const match = KEY.exec(key);
  if (!match) throw unauthorized(`Invalid API Key provided: ${masked(key)}`);
  return { account: accountOf(match[2] ?? ""), kind: match[1] === "sk" ? "secret" : "publishable" };
}

export const accountOf = (name: string): string =>
  `acct_${createHash("sha256").update(`local-stripe ${name}`).digest("hex").slice(0, 16)}`;

function presented(header: string | undefined): string | undefined {
  const [scheme = "", value = ""] = (header ?? "").split(" ");
  if (scheme.toLowerCase() === "bearer" && value !== "") return value;
  if (scheme.toLowerCase() === "basic") return Buffer.from(value, "base64").toString("utf8").split(":")[0] || undefined;
  return undefined;
}

function masked(key: string): string {
  if (key.length < 12) return "*".repeat(key.length);
  return `${key.slice(0, 8)}${"*".repeat(Math.min(key.length - 12, 20))}${key.slice(-4)}`;
}

const unauthorized = (message: string): StripeRefusal =>
  new StripeRefusal(401, { type: "invalid_request_error", message });

export const onlySecret = (): StripeRefusal =>
  new StripeRefusal(403, {
    type: "invalid_request_error",
    message: "This API call cannot be made with a publishable API key. Please use a secret API key.",
    code: "secret_key_required",
  });
