import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "@/lib/env";
import { INTERNAL } from "@/lib/http/headers";
import { stripeSources } from "@/lib/stripe/browser";

/** The rules a browser keeps for our pages. The nonce is new for each request and travels to the page framework by header. */
export function setBrowserHeaders(req: IncomingMessage, res: ServerResponse): void {
  const nonce = randomBytes(16).toString("base64");
  const policy = contentPolicy(nonce);
  req.headers[INTERNAL.nonce] = nonce;
  req.headers["content-security-policy"] = policy;
  res.setHeader("content-security-policy", policy);
  res.setHeader("x-frame-options", "DENY");
  const payers = stripeSources().frames.filter((origin) => !origin.includes("*"));
  const payment = ["self", ...payers.map((origin) => `"${origin}"`)].join(" ");
  res.setHeader(
    "permissions-policy",
    `camera=(self), microphone=(self), display-capture=(self), payment=(${payment}), geolocation=()`,
  );
}

/** What every answer carries, as a flat list of names and values. */
export function commonHeaders(): string[] {
  const headers = [
    "x-content-type-options",
    "nosniff",
    "referrer-policy",
    "strict-origin-when-cross-origin",
    "cross-origin-opener-policy",
    "same-origin-allow-popups",
  ];
  if (env().publicUrl.startsWith("https:")) {
    headers.push("strict-transport-security", "max-age=31536000; includeSubDomains");
  }
  return headers;
}

/** The same for an answer that somebody else writes. */
export function setCommonHeaders(req: IncomingMessage, res: ServerResponse): void {
  const headers = commonHeaders();
  for (let at = 0; at < headers.length; at += 2) res.setHeader(headers[at] ?? "", headers[at + 1] ?? "");
  res.setHeader("x-request-id", String(req.headers[INTERNAL.requestId] ?? ""));
}

export function contentPolicy(nonce: string): string {
  const isDevelopment = env().NODE_ENV === "development";
  const { scripts, frames, calls } = stripeSources();
  return [
    "default-src 'self'",
    [
      "script-src 'self'",
      `'nonce-${nonce}'`,
      "'strict-dynamic'",
      ...(isDevelopment ? ["'unsafe-eval'"] : []),
      ...scripts,
    ].join(" "),
    isDevelopment ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    ["connect-src 'self'", ...(isDevelopment ? ["ws:"] : []), ...calls].join(" "),
    ["frame-src 'self'", ...frames].join(" "),
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
