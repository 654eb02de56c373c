import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { AppError, toRefusal } from "@/lib/errors";
import { refusalBody } from "@/lib/http/answer";
import { newId } from "@/lib/ids";
import { log } from "@/lib/log";
import { isOwnOrigin } from "@/lib/origins";
import { minutes, seconds } from "@/lib/time";
import type { ApiListener } from "./api";
import { setBrowserHeaders, setCommonHeaders } from "./browser-headers";
import { cleanRequest, isAllowedHost } from "./ingress";
import { type Health, serveOperations } from "./operations";
import { logRequest } from "./request-log";
import { serveSdk } from "./sdk-files";
import { mayBeAction, serveAction } from "./unread-action";

export type Parts = {
  health: Health;
  /** The API ahead of the pages; left out, the pages' framework serves it. */
  api: () => ApiListener | undefined;
  /** Whatever is no API: pages and their assets. */
  pages: (req: IncomingMessage, res: ServerResponse) => Promise<void>;
  /** In development the page framework keeps a socket of its own for hot reload. */
  pageSockets?: boolean;
};

const SOCKETS = "/socket.io/";

/** The HTTP server without a port. Sockets attach to it before `guard` is called. */
export const createHttp = (): Server =>
  createServer({
    headersTimeout: seconds(10),
    requestTimeout: seconds(30),
    keepAliveTimeout: seconds(65),
    connectionsCheckingInterval: seconds(5),
  });

/** Puts ingress ahead of everything that listens on the server, sockets included. */
export function guard(http: Server, parts: Parts): void {
  http.setTimeout(minutes(2));
  const socketRequests = http.listeners("request");
  http.removeAllListeners("request");
  http.on("request", (req: IncomingMessage, res: ServerResponse) => {
    // Whoever keeps a connection open learns that it ends before it does.
    if (parts.health.state === "draining") res.shouldKeepAlive = false;
    serve(req, res, parts, socketRequests).catch((error) => answerFailure(req, res, error));
  });

  http.prependListener("upgrade", (req, socket) => {
    const isOurs = req.url?.startsWith(SOCKETS) || (parts.pageSockets && req.url?.startsWith("/_next/"));
    if (!isOurs || !isAllowedHost(req.headers.host) || parts.health.state === "draining") return socket.destroy();
    if (req.url?.startsWith(SOCKETS)) cleanUpgrade(req, () => socket.destroy());
  });
}

async function serve(
  req: IncomingMessage,
  res: ServerResponse,
  parts: Parts,
  socketRequests: unknown[],
): Promise<void> {
  cleanRequest(req);
  if (req.url?.startsWith(SOCKETS)) {
    setCommonHeaders(req, res);
    // Those that are here still hear that we go; a new one would only have to leave again.
    if (parts.health.state === "draining" && !req.url.includes("sid=")) throw goingAway();
    for (const listener of socketRequests) if (typeof listener === "function") listener(req, res);
    return;
  }
  const note = logRequest(req, res);
  if (req.url === "/" && !wantsPage(req)) req.url = "/api";
  if (isOneClick(req)) req.url = `/api/mail-preferences${req.url}`;
  const api = parts.api();
  if (api && isApi(req.url ?? "")) return api(req, res, note);

  setCommonHeaders(req, res);
  if (await serveOperations(req, res, parts.health)) return;
  if (await serveSdk(req, res)) return;
  if (req.url?.startsWith("/_next/image")) throw new AppError("not_found", "There is nothing at this address.");
  if (!isApi(req.url ?? "")) requireOwnForm(req);
  setBrowserHeaders(req, res);
  const pages = () => parts.pages(req, res);
  if (READING.includes(req.method ?? "GET") || !mayBeAction(req)) return pages();
  await serveAction(res, { pages, refuse: (error) => answerFailure(req, res, error) });
}

/** A mail program's own button posts to the link in the mail; the form of the page behind that link says what it is. */
const isOneClick = ({ method, url, headers }: IncomingMessage) =>
  method === "POST" && url?.startsWith("/unsubscribe?") && headers["next-action"] === undefined;

const READING = ["GET", "HEAD", "OPTIONS"];

/** Pages are changed only by forms of their own, of a length that is known before the first byte is taken. */
function requireOwnForm({ method = "GET", headers }: IncomingMessage): void {
  if (READING.includes(method)) return;
  const { origin, "sec-fetch-site": site } = headers;
  if (origin === undefined || !isOwnOrigin(origin) || (site !== undefined && site !== "same-origin")) {
    throw new AppError("origin_not_allowed", "This request came from another site and was not carried out.");
  }
  if (headers["transfer-encoding"] !== undefined) {
    throw new AppError("length_required", "Send the form with its length.");
  }
}

const goingAway = () =>
  new AppError("unavailable", "This server is about to stop. Try again.", { retryAfterSeconds: 1 });

function cleanUpgrade(req: IncomingMessage, refuse: () => void): void {
  try {
    cleanRequest(req);
  } catch {
    refuse();
  }
}

const wantsPage = (req: IncomingMessage) => (req.headers.accept ?? "").includes("text/html");

/** The browser login's own addresses, which belong to its library and live with the pages. */
const LOGIN_LIBRARY = /^\/api\/auth\/(?:signin|callback|session|csrf|signout|providers|error)(?:[/?]|$)/;

const isApi = (url: string) => /^\/api(?:[/?]|$)/.test(url) && !LOGIN_LIBRARY.test(url);

function answerFailure(req: IncomingMessage, res: ServerResponse, error: unknown): void {
  const refusal = toRefusal(error);
  if (refusal.code === "internal") log().error({ err: error, path: req.url?.split("?")[0] }, "request failed");
  if (res.headersSent) return void res.destroy();
  const requestId = String(res.getHeader("x-request-id") ?? newId("req"));
  const body = JSON.stringify(refusalBody(refusal, requestId));
  res.writeHead(refusal.status, {
    // Whoever gave up may have announced the length of another answer.
    "content-length": Buffer.byteLength(body),
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
    "x-request-id": requestId,
    ...(refusal.retryAfterSeconds !== undefined && { "retry-after": String(refusal.retryAfterSeconds) }),
    connection: "close",
  });
  res.end(body);
}
