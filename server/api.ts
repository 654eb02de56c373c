import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "@/lib/errors";
import { type Answer, refusalAnswer } from "@/lib/http/answer";
import { type Arrival, arrivalOf } from "@/lib/http/arrival";
import { type Method, nothingHere, type RouteEntry, type RouteHandler, registry, servedOf } from "@/lib/http/registry";
import { corsHeaders } from "@/lib/origins";
import { commonHeaders } from "./browser-headers";
import { incomingOf } from "./incoming";
import { type Found, routerOf } from "./router";

/** Answers a request; `note` hears which route did, for the log. */
export type ApiListener = (
  req: IncomingMessage,
  res: ServerResponse,
  note: (template: string) => void,
) => Promise<void>;

type Mounted = { path: string; handlers: ReadonlyMap<string, RouteHandler>; allow: string };

const METHODS: readonly Method[] = ["GET", "POST", "PATCH", "PUT", "DELETE"];

/** Mounts the route modules ahead of the page framework. The same modules answer there too, only slower. */
export function mountApi(routes: readonly RouteEntry[]): ApiListener {
  const served = servedOf(routes);
  registry().routes = served;
  const find = routerOf(served.map((entry) => ({ path: entry.path, value: mounted(entry) })));
  return async (req, res, note) => {
    const incoming = incomingOf(req);
    const arrival = arrivalOf(incoming);
    const found = find(incoming.path);
    if (found) note(found.value.path);
    send(res, await answer(found, arrival), arrival);
  };
}

function mounted({ path, module }: RouteEntry): Mounted {
  const handlers = new Map<string, RouteHandler>();
  for (const method of METHODS) {
    const handler = module[method];
    if (handler) handlers.set(method, handler);
  }
  const get = handlers.get("GET");
  if (get) handlers.set("HEAD", get);
  return { path, handlers, allow: [...handlers.keys(), "OPTIONS"].join(", ") };
}

async function answer(found: Found<Mounted> | undefined, arrival: Arrival): Promise<Answer> {
  if (!found) return refusalAnswer(nothingHere(), arrival);
  const { handlers, allow } = found.value;
  const handler = handlers.get(arrival.method);
  if (handler) return handler.answer(arrival, found.params);

  if (arrival.method === "OPTIONS") {
    arrival.answerHeaders = { allow, ...preflight(arrival.headers.get("origin"), allow) };
    return { status: 204, body: "" };
  }
  arrival.answerHeaders.allow = allow;
  return refusalAnswer(new AppError("method_not_allowed", `This address answers ${allow}.`), arrival);
}

/** Any page may ask what is possible; whether it may read an answer is decided with the key in hand. */
function preflight(origin: string | null, allow: string): Record<string, string> {
  if (origin === null) return {};
  return {
    ...corsHeaders(origin),
    "access-control-allow-methods": allow,
    "access-control-allow-headers": "Authorization, Content-Type, Idempotency-Key, X-API-Key, X-Request-Id",
    "access-control-max-age": "600",
  };
}

/** One flat list of headers, which Node writes as it stands. */
function send(res: ServerResponse, { status, body }: Answer, { answerHeaders }: Arrival): void {
  const headers = commonHeaders();
  for (const name in answerHeaders) headers.push(name, answerHeaders[name] ?? "");
  if (status !== 204) headers.push("content-length", String(Buffer.byteLength(body)));
  res.writeHead(status, headers);
  res.end(body);
}
