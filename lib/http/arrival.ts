import type { SentHeaders } from "@/lib/auth/presented";
import type { Asking } from "@/lib/auth/request";
import type { Origin } from "@/lib/ctx";
import { newId } from "@/lib/ids";
import { corsHeaders, isAllowedOrigin } from "@/lib/origins";
import type { Family } from "./aliases";
import { readWebText } from "./body";
import { INTERNAL } from "./headers";

/** A request as either mount hands it over. */
export type Incoming = {
  method: string;
  path: string;
  /** With its question mark, or empty. */
  search: string;
  headers: SentHeaders;
  readText(): Promise<string>;
};

/** One request as our ingress handed it on, read once. */
export type Arrival = Asking &
  Incoming & {
    origin: Origin;
    family: Family | undefined;
    idempotencyKey: string | undefined;
    /** What the answer will carry besides its body. */
    answerHeaders: Record<string, string>;
  };

const FAMILIES: readonly string[] = ["rooms", "gateway", "compute"] satisfies Family[];

export function arrivalOf({ method, path, search, headers, readText }: Incoming): Arrival {
  const requestId = headers.get(INTERNAL.requestId) ?? newId("req");
  const page = headers.get("origin");
  return {
    method,
    path,
    search,
    headers,
    readText,
    queryKey: headers.get(INTERNAL.queryKey),
    origin: { requestId, ip: headers.get(INTERNAL.ip), userAgent: headers.get("user-agent")?.slice(0, 300) ?? null },
    family: familyOf(headers.get(INTERNAL.family)),
    idempotencyKey: headers.get("idempotency-key") ?? undefined,
    answerHeaders: {
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-store",
      "x-request-id": requestId,
      ...(page !== null && isAllowedOrigin(page) && corsHeaders(page)),
    },
  };
}

/** The host in `request.url` differs between the mounts, so only path and query are taken from it. */
export function incomingFrom(request: Request): Incoming {
  const { pathname: path, search } = new URL(request.url);
  return { method: request.method, path, search, headers: request.headers, readText: () => readWebText(request) };
}

function familyOf(name: string | null): Family | undefined {
  return name !== null && FAMILIES.includes(name) ? (name as Family) : undefined;
}
