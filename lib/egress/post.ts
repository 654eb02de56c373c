import { type IncomingMessage, request as plainRequest, type RequestOptions } from "node:http";
import { request as tlsRequest } from "node:https";
import { seconds } from "@/lib/time";
import { type Address, bySystem, EgressRefused, pin, type Resolve } from "./resolve";

export type Outgoing = { url: string; headers: Record<string, string>; body: string };

export type Reply = { durationMs: number } & (
  | { outcome: "answered"; status: number; body: string }
  /** A sentence for whoever runs the receiver. */
  | { outcome: "failed"; why: string }
);

const CONNECT_MS = seconds(5);
const WHOLE_MS = seconds(15);
/** So much of an answer is kept; the rest is not even read. */
export const KEPT_BYTES = 1_024;

/**
 * Posts to an address that a user chose: the one door for that. The name is resolved and judged here and the
 * connection goes to what was judged, whatever the name says a moment later. Redirects are answers like any other.
 */
export async function postOut(outgoing: Outgoing, resolve: Resolve = bySystem): Promise<Reply> {
  const startedAt = performance.now();
  const took = () => Math.round(performance.now() - startedAt);
  const deadline = AbortSignal.timeout(WHOLE_MS);
  try {
    const { url, addresses } = await inTime(pin(outgoing.url, resolve), deadline);
    const answer = await send(url, addresses, outgoing, deadline);
    return { outcome: "answered", ...answer, durationMs: took() };
  } catch (error) {
    return { outcome: "failed", why: inWords(error, deadline), durationMs: took() };
  }
}

type Answer = { status: number; body: string };

function send(url: URL, addresses: Address[], { headers, body }: Outgoing, signal: AbortSignal): Promise<Answer> {
  const options: RequestOptions = {
    method: "POST",
    headers: { ...headers, "content-length": Buffer.byteLength(body), "accept-encoding": "identity" },
    lookup: onlyTo(addresses),
    // A connection of its own: a kept one would lead to where the name pointed before.
    agent: false,
    signal,
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === "https:" ? tlsRequest : plainRequest)(url, options);
    request.once("socket", (socket) => {
      const timer = setTimeout(() => request.destroy(new EgressRefused(LATE_TO_CONNECT)), CONNECT_MS);
      for (const event of ["connect", "close"]) socket.once(event, () => clearTimeout(timer));
    });
    request.once("response", (response) => readStart(response).then(resolve, reject));
    request.on("error", reject);
    request.end(body);
  });
}

const LATE_TO_CONNECT = `The receiver did not take the connection within ${CONNECT_MS / 1_000} seconds.`;

/** In the place of the resolver: answers with what was judged, and with nothing else. */
const onlyTo =
  (addresses: Address[]): NonNullable<RequestOptions["lookup"]> =>
  (_host, options, done) => {
    const [first] = addresses;
    if (options.all) return done(null, addresses);
    done(null, first?.address ?? "", first?.family);
  };

function readStart(response: IncomingMessage): Promise<Answer> {
  const status = response.statusCode ?? 0;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const done = () => resolve({ status, body: textOf(Buffer.concat(chunks).subarray(0, KEPT_BYTES)) });
    response.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.byteLength;
      if (bytes < KEPT_BYTES) return;
      done();
      response.destroy();
    });
    response.once("end", done);
    response.on("error", reject);
    response.once("aborted", () => reject(new EgressRefused("The receiver broke off in the middle of its answer.")));
  });
}

/** Text that a database holds and a page shows, whatever came. */
const textOf = (bytes: Buffer): string => bytes.toString("utf8").replace(/[^\P{Cc}\n\t]/gu, "\ufffd");

function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

const WORDS: Record<string, string> = {
  ECONNREFUSED: "The receiver refused the connection.",
  ECONNRESET: "The receiver broke the connection.",
  EHOSTUNREACH: "The receiver cannot be reached.",
  ENETUNREACH: "The receiver cannot be reached.",
  ETIMEDOUT: LATE_TO_CONNECT,
  EPIPE: "The receiver broke the connection.",
  HPE_HEADER_OVERFLOW: "The headers of the answer are too long.",
  CERT_HAS_EXPIRED: "The receiver's TLS certificate has expired.",
  DEPTH_ZERO_SELF_SIGNED_CERT: "The receiver's TLS certificate is signed by itself.",
  ERR_TLS_CERT_ALTNAME_INVALID: "The receiver's TLS certificate is for another name.",
};

function inWords(error: unknown, deadline: AbortSignal): string {
  if (deadline.aborted) return `The receiver did not answer within ${WHOLE_MS / 1_000} seconds.`;
  if (error instanceof EgressRefused) return error.message;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (WORDS[code]) return WORDS[code];
  if (code.startsWith("HPE_")) return "The answer is not HTTP.";
  return /CERT|TLS|SSL/.test(code) ? `TLS failed: ${code}.` : `The request failed${code && `: ${code}`}.`;
}
