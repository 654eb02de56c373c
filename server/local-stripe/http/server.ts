import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { callerOfSession, STREAM_PATH } from "../meters/session";
import { randomText } from "../store/ids";
import { API_VERSION } from "../version";
import { authenticate } from "./authenticate";
import { refused, StripeRefusal } from "./errors";
import { execute, type House, type Reply, replyTo, secondsOf } from "./execute";
import type { Faults } from "./faults";
import { parseForm, parseJson, type RawParts } from "./form";
import type { RequestLog } from "./request-log";
import type { Router } from "./router";

const MOST_BYTES = 1_000_000;
/** A client that was busy for a while finds its connection as it left it. */
const IDLE_MS = 65_000;
const LOCAL_ORIGIN = /^https?:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/;
const LOCAL_HOST = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/;

export type Parts = {
  house: House;
  router: Router;
  faults: Faults;
  requests: RequestLog;
  /** Everything outside Stripe's own name space: the control API and the pages. */
  local(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
};

export function createLocalServer(parts: Parts): Server {
  return createServer({ keepAlive: true, keepAliveTimeout: IDLE_MS }, (request, response) => {
    void serve(parts, request, response).catch((error: unknown) => send(response, replyTo(error)));
  });
}

async function serve(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!LOCAL_HOST.test(request.headers.host ?? ""))
    return send(response, replyTo(refused("This server answers on loopback only.", { status: 421 })));
  allowOrigin(request, response);
  if (request.method === "OPTIONS") return send(response, { status: 204, body: "", headers: {} });
  if (await parts.local(request, response)) return;

  const id = `req_${randomText(14)}`;
  const started = performance.now();
  const { reply, reset, account } = await answer(parts, request, id);
  parts.requests.add({
    ...{ id, account, method: request.method ?? "", url: pathOf(request), status: reply.status },
    ...{ tookMs: performance.now() - started, at: parts.house.now().getTime() },
  });
  if (reset) return void request.socket.destroy();
  send(response, reply, { "request-id": id, ...echoOf(request) });
}

/** Pages of this machine may call from the browser. Nobody else's may, whatever key they guess. */
function allowOrigin({ headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader("vary", "origin");
  if (!headers.origin || !LOCAL_ORIGIN.test(headers.origin)) return;
  response.setHeader("access-control-allow-origin", headers.origin);
  response.setHeader("access-control-allow-methods", "GET, POST, DELETE");
  response.setHeader(
    "access-control-allow-headers",
    "authorization, content-type, idempotency-key, stripe-account, stripe-version",
  );
  response.setHeader("access-control-expose-headers", "request-id");
}

type Answered = { reply: Reply; reset: boolean; account: string | null };

async function answer({ house, router, faults }: Parts, request: IncomingMessage, id: string): Promise<Answered> {
  let account: string | null = null;
  try {
    const body = await readBody(request);
    const url = new URL(request.url ?? "/", "http://local");
    const found = router.find(request.method ?? "", url.pathname);
    const session =
      url.pathname === STREAM_PATH
        ? await callerOfSession(house.sql, request.headers.authorization, secondsOf(house.now()))
        : undefined;
    const caller = session ?? authenticate(request.headers);
    account = caller.account;
    const fault = faults.take(caller.account, found.operation.name);
    const reply = await execute(house, {
      ...{ id, ...found, url: url.pathname, caller, fault },
      raw: paramsOf(request, url, body),
      actingAs: header(request, "stripe-account"),
      idempotencyKey: header(request, "idempotency-key"),
    });
    return { reply, reset: fault?.effect === "reset", account };
  } catch (error) {
    return { reply: replyTo(error), reset: false, account };
  }
}

function paramsOf(request: IncomingMessage, url: URL, body: string): RawParts {
  if (request.method !== "POST") return parseForm(url.search.slice(1));
  if (!request.headers["content-type"]?.startsWith("application/json")) return parseForm(body);
  try {
    return parseJson(body);
  } catch {
    throw refused("Invalid JSON in the request body.");
  }
}

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MOST_BYTES) throw refused("The request is too large.", { status: 413 });
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString("utf8");
  // PostgreSQL cannot hold it in JSON.
  if (text.includes("\0") || /%00/.test(text))
    throw new StripeRefusal(400, { type: "invalid_request_error", message: "Invalid character in the request." });
  return text;
}

export const pathOf = (request: IncomingMessage): string => (request.url ?? "/").split("?")[0] ?? "/";

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function echoOf(request: IncomingMessage): Record<string, string> {
  const [key, account] = [header(request, "idempotency-key"), header(request, "stripe-account")];
  return { ...(key && { "idempotency-key": key }), ...(account && { "stripe-account": account }) };
}

export function send(
  response: ServerResponse,
  { status, body, headers }: Reply,
  more: Record<string, string> = {},
): void {
  if (response.headersSent) return void response.end();
  response.writeHead(status, {
    "content-type": "application/json",
    "stripe-version": API_VERSION,
    "cache-control": "no-cache, no-store",
    ...more,
    ...headers,
  });
  response.end(body);
}
