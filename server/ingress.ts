import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { networkInterfaces } from "node:os";
import { env } from "@/lib/env";
import { AppError, invalid } from "@/lib/errors";
import { resolveAlias } from "@/lib/http/aliases";
import { INTERNAL } from "@/lib/http/headers";
import { newId } from "@/lib/ids";

const MOST_HEADERS = 100;
const LARGEST_BODY_BYTES = 1_048_576;
/** A segment of dots, by which one path could name another. */
const DOTS = /\/(?:\.|%2e){1,2}(?:\/|$)/i;

const REQUEST_ID = /^[\w-]{8,64}$/;

/** Headers by which a client could speak as a proxy, as the framework, or as ourselves. */
const FORGEABLE =
  /^(?:x-forwarded-.*|forwarded|x-real-ip|x-middleware-.*|x-nextjs-data|next-resume|x-invoke-.*|x-internal-.*|x-parley-.*|x-nonce|content-security-policy)$/;

/** What those names begin with, so that most headers need no closer look. */
const MAYBE_FORGEABLE = "xfnc";

/**
 * The first thing that touches a request. What passes has an allowed host, a
 * plain path, and no header that only we or a trusted proxy may set.
 */
export function cleanRequest(req: IncomingMessage): void {
  const target = req.url ?? "";
  if (!target.startsWith("/") || target.startsWith("//") || target.includes("\\"))
    throw invalid({ url: "The request target must be a plain path." });
  if (req.rawHeaders.length / 2 > MOST_HEADERS)
    throw new AppError("header_too_large", "The request has more than 100 headers.");
  if (!isAllowedHost(req.headers.host)) throw new AppError("misdirected", "This server does not answer for that host.");
  if (Number(req.headers["content-length"] ?? 0) > LARGEST_BODY_BYTES)
    throw new AppError("too_large", "The request body is larger than 1 MiB.");

  const ip = clientAddress(req);
  const asked = req.headers["x-request-id"];
  const requestId = typeof asked === "string" && REQUEST_ID.test(asked) ? asked : newId("req");
  const { path, search, queryKey } = splitTarget(target);
  const alias = resolveAlias(path);

  replaceHeaders(req, {
    [INTERNAL.requestId]: requestId,
    [INTERNAL.ip]: ip,
    [INTERNAL.path]: path,
    ...(alias?.family && { [INTERNAL.family]: alias.family }),
    ...(queryKey !== null && { [INTERNAL.queryKey]: queryKey }),
  });
  req.url = (alias?.path ?? path) + search;
}

/** Whether this server answers for a host. On the developer's machine, by all of that machine's own names. */
export function isAllowedHost(host: string | undefined): boolean {
  if (!host) return false;
  const name = host.toLowerCase();
  const { publicHost, ALLOWED_HOSTS, isProduction } = env();
  if (name === publicHost || ALLOWED_HOSTS.includes(name)) return true;
  if (isProduction) return false;
  const bare = name.replace(/:\d+$/, "");
  return bare === "localhost" || bare === "127.0.0.1" || bare === "[::1]" || ownAddresses().includes(bare);
}

const ownAddresses = () =>
  Object.values(networkInterfaces()).flatMap((list) =>
    (list ?? []).map(({ address, family }) => (family === "IPv6" ? `[${address}]` : address)),
  );

/** The peer, or what a proxy that we trust says of the peer behind it. */
function clientAddress(req: IncomingMessage): string {
  const peer = plainAddress(req.socket.remoteAddress ?? "");
  const { TRUSTED_PROXIES } = env();
  if (!TRUSTED_PROXIES.includes(peer)) return peer;
  const chain = String(req.headers["x-forwarded-for"] ?? "")
    .split(",")
    .map(plainAddress);
  // From the right: what stands left of the first hop that is not ours, or that cannot be read, anybody may have written.
  const nearest = chain.findLast((hop) => !TRUSTED_PROXIES.includes(hop));
  return nearest !== undefined && isIP(nearest) !== 0 ? nearest : peer;
}

/** `[2001:db8::1]:443`, `192.0.2.7:443` and `::ffff:192.0.2.7` without what surrounds the address. */
const plainAddress = (hop: string): string =>
  hop
    .trim()
    .replace(/^\[([^\]]+)\](?::\d+)?$/, "$1")
    .replace(/^([\d.]+):\d+$/, "$1")
    .replace(/^::ffff:/, "");

/** Takes an API key out of the address before anything can log it. */
function splitTarget(target: string): { path: string; search: string; queryKey: string | null } {
  const at = target.indexOf("?");
  const rawPath = at < 0 ? target : target.slice(0, at);
  const path =
    rawPath.length > 1 && rawPath.endsWith("/") && rawPath.startsWith("/api") ? rawPath.replace(/\/+$/, "") : rawPath;
  if (path.includes("%")) refuseBrokenEscapes(path);
  if (DOTS.test(path)) throw invalid({ url: "The path must not climb." });
  const search = at < 0 ? "" : target.slice(at);
  if (!search.includes("api_key")) return { path, search, queryKey: null };

  const query = new URLSearchParams(search);
  const queryKey = query.get("api_key");
  query.delete("api_key");
  return { path, search: query.size > 0 ? `?${query}` : "", queryKey };
}

function refuseBrokenEscapes(path: string): void {
  try {
    decodeURIComponent(path);
  } catch {
    throw invalid({ url: "The path has a broken % escape." });
  }
}

/**
 * What only we may say leaves both views of the headers, Node's own and the
 * raw list. Ours go where our handlers and the page framework read them.
 */
function replaceHeaders(req: IncomingMessage, ours: Record<string, string>): void {
  const { headers } = req;
  let forged = false;
  for (const name in headers) {
    if (!isForgeable(name)) continue;
    forged = true;
    delete headers[name];
  }
  if (forged) req.rawHeaders = withoutForged(req.rawHeaders);
  for (const name in ours) headers[name] = ours[name];
}

const isForgeable = (name: string): boolean => MAYBE_FORGEABLE.includes(name.charAt(0)) && FORGEABLE.test(name);

function withoutForged(list: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at < list.length; at += 2) {
    const name = list[at] ?? "";
    if (!isForgeable(name.toLowerCase())) kept.push(name, list[at + 1] ?? "");
  }
  return kept;
}
