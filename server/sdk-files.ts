import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "@/lib/env";

/** Where the build leaves the SDK, and where its examples are. Both are beside whatever runs the server. */
const SDK_FOLDER = "dist/sdk";
const EXAMPLES_FOLDER = "public/examples";

const SDK_PATH = /^\/sdk\/([\w-]+(?:\.d)?\.(?:js|mjs|cjs|ts|mts|json)(?:\.map)?)$/;
const EXAMPLE_PATH = /^\/examples\/([\w-]+)\.html$/;

const TYPES: Record<string, string> = {
  js: "text/javascript; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
  cjs: "text/javascript; charset=utf-8",
  ts: "text/plain; charset=utf-8",
  mts: "text/plain; charset=utf-8",
  json: "application/json; charset=utf-8",
  map: "application/json; charset=utf-8",
};

/** Answers for the SDK and its example pages. Says whether the request was for them. */
export async function serveSdk(req: IncomingMessage, res: ServerResponse): Promise<boolean> {
  if (req.method !== "GET" && req.method !== "HEAD") return false;
  const path = req.url?.split("?")[0] ?? "";
  const file = SDK_PATH.exec(path)?.[1];
  if (file !== undefined) return sendScript(req, res, file);
  const example = EXAMPLE_PATH.exec(path)?.[1];
  return example !== undefined && sendExample(req, res, example);
}

/** Any page may load it: it holds nothing of anybody's. */
async function sendScript(req: IncomingMessage, res: ServerResponse, name: string): Promise<boolean> {
  const body = await readFile(`${SDK_FOLDER}/${name}`).catch(() => undefined);
  if (!body) return false;
  res.setHeader("access-control-allow-origin", "*");
  res.setHeader("cross-origin-resource-policy", "cross-origin");
  send(req, res, { body, type: TYPES[name.split(".").at(-1) ?? ""] ?? "application/octet-stream" });
  return true;
}

async function sendExample(req: IncomingMessage, res: ServerResponse, name: string): Promise<boolean> {
  const body = await readFile(`${EXAMPLES_FOLDER}/${name}.html`).catch(() => undefined);
  if (!body) return false;
  res.setHeader("content-security-policy", policyFor(body.toString()));
  res.setHeader("x-frame-options", "SAMEORIGIN");
  res.setHeader("permissions-policy", "camera=(self), microphone=(self), display-capture=(self)");
  send(req, res, { body, type: "text/html; charset=utf-8" });
  return true;
}

/** An example is one file that works wherever it is copied to, so what stands in it runs by its hash. */
function policyFor(page: string): string {
  const hashes = (tag: string) =>
    [...page.matchAll(new RegExp(`<${tag}(?: type="module")?>([^]*?)</${tag}>`, "g"))].map(
      ([, text = ""]) => `'sha256-${hashOf(text)}'`,
    );
  const sockets = env().publicUrl.replace(/^http/, "ws");
  return [
    "default-src 'self'",
    ["script-src 'self'", ...hashes("script")].join(" "),
    ["style-src 'self'", ...hashes("style")].join(" "),
    `connect-src 'self' ${sockets}`,
    "img-src 'self' data:",
    "media-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join("; ");
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("base64");

type Sent = { body: Buffer; type: string };

/** Kept, and asked for again each time whether it changed: a page must not run with two halves of two versions. */
function send(req: IncomingMessage, res: ServerResponse, { body, type }: Sent): void {
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;
  const headers = { "content-type": type, etag, "cache-control": "public, no-cache" };
  if (req.headers["if-none-match"] === etag) return void res.writeHead(304, headers).end();
  res.writeHead(200, { ...headers, "content-length": body.length });
  res.end(req.method === "HEAD" ? undefined : body);
}
