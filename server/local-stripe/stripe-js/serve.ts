import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pathOf } from "../http/server";
import { html } from "../pages/html";
import { type ScriptName, scriptNamed } from "./scripts";

/** Where the real one's script is found, `/v3` of old and the release train of today, and where ours is too. */
const SCRIPT_PATHS: [path: RegExp, name: ScriptName][] = [
  [/^\/(?:js\/)?(?:v3|[a-z]+)\/stripe\.js$|^\/v3\/?$/, "stripe"],
  [/^\/v3\/frame\.js$/, "frame"],
  [/^\/v3\/question\.js$/, "question"],
  [/^\/v3\/answered\.js$/, "answered"],
  [/^\/v3\/embedded\.js$/, "embedded"],
];

const FRAME_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "font-src http: https: data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors http://localhost:* http://127.0.0.1:* https://localhost:* https://127.0.0.1:*",
].join("; ");

/** Answers for Stripe.js and its frames. Says whether the request was for them. */
export async function serveStripeJs(
  { now }: { now(): Date },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  if (request.method !== "GET" && request.method !== "HEAD") return false;
  const path = pathOf(request);
  const [, name] = SCRIPT_PATHS.find(([pattern]) => pattern.test(path)) ?? [];
  if (name) {
    sendScript(request, response, await scriptNamed(name));
    return true;
  }
  const script = { "/v3/elements-inner.html": "frame", "/v3/three-d-secure-done.html": "answered" }[path];
  if (!script) return false;
  response
    .writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": FRAME_POLICY,
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    })
    .end(framePage(script, now()));
  return true;
}

const framePage = (script: string, now: Date): string =>
  html`<!doctype html>
<html lang="en" data-now="${Math.floor(now.getTime() / 1_000)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Local Stripe</title><script src="/v3/${script}.js" defer></script></head><body></body></html>`
    .markup;

function sendScript(request: IncomingMessage, response: ServerResponse, script: string): void {
  const etag = `"${createHash("sha256").update(script).digest("base64url").slice(0, 22)}"`;
  const headers = {
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": "no-cache",
    "cross-origin-resource-policy": "cross-origin",
    "x-content-type-options": "nosniff",
    etag,
  };
  if (request.headers["if-none-match"] === etag) return void response.writeHead(304, headers).end();
  response.writeHead(200, headers).end(script);
}
