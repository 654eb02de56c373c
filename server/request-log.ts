import type { IncomingMessage, ServerResponse } from "node:http";
import { INTERNAL } from "@/lib/http/headers";
import { log } from "@/lib/log";
import { metrics } from "./metrics";

// A long segment is an id or a token, and a token in a log is a door.
const LONG_SEGMENT = /\/[^/]{20,}/g;

/**
 * One line and one measurement for each request, once it is answered. Whoever
 * answers notes the route, so that logs and metrics speak of templates.
 */
export function logRequest(req: IncomingMessage, res: ServerResponse): (template: string) => void {
  let template: string | undefined;
  const startedAt = performance.now();
  const path = (req.url ?? "").split("?")[0] ?? "";
  res.once("close", () => {
    const route = template ?? (path.startsWith("/_next/") ? "/_next" : path.replace(LONG_SEGMENT, "/*"));
    const durationMs = performance.now() - startedAt;
    const known = template ?? (path.startsWith("/api") ? "unknown" : "page");
    metrics().requestSeconds.observe(
      { http_request_method: req.method ?? "", http_route: known, http_response_status_code: res.statusCode },
      durationMs / 1_000,
    );
    const line = {
      request_id: req.headers[INTERNAL.requestId],
      method: req.method,
      route,
      status: res.statusCode,
      dur_ms: Math.round(durationMs * 10) / 10,
    };
    if (route === "/_next") log().debug(line, "request");
    else log().info(line, "request");
  });
  return (noted) => {
    template = noted;
  };
}
