import { type CallErrorCode, MultimediaError } from "@/lib/rtc/error";

export type Shown = { apiKey?: string; token?: string };
type Asked = { method: "GET" | "POST" | "DELETE"; path: string; body?: unknown };

/** The API's own words, where a call has other ones for the same. */
const CODES: Record<string, CallErrorCode> = {
  unauthenticated: "unauthorized",
  invalid_key: "unauthorized",
  not_found: "room_not_found",
  invalid: "invalid_payload",
  origin_not_allowed: "forbidden",
};

const KNOWN: ReadonlySet<string> = new Set<CallErrorCode>([
  ...(["forbidden", "plan_limit", "subscription_required", "rate_limited", "unavailable", "internal"] as const),
  ...(["token_expired", "conflict", "link_spent", "room_locked", "banned", "expired"] as const),
]);

/** Asks the API with whatever this page shows, and speaks its refusals in the words of a call. */
export async function askApi(url: string, shown: Shown, { method, path, body }: Asked): Promise<unknown> {
  const headers: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
  if (shown.apiKey) headers["x-api-key"] = shown.apiKey;
  else if (shown.token) headers.authorization = `Bearer ${shown.token}`;
  const answer = await reach(new URL(path, url), {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const said: unknown = await answer.json().catch(() => undefined);
  if (answer.ok) return said;
  throw refused(answer, said);
}

async function reach(address: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (cause) {
    throw new MultimediaError("unreachable", "The server cannot be reached.", { cause });
  }
}

function refused(answer: Response, said: unknown): MultimediaError {
  const body = typeof said === "object" && said !== null ? (said as Record<string, unknown>) : {}; // any object may be read by name
  const code = String(body.code ?? "");
  const words = [body.message, body.error].find((text) => typeof text === "string") ?? "The server refused.";
  const wait = Number(answer.headers.get("retry-after"));
  return new MultimediaError(CODES[code] ?? (KNOWN.has(code) ? (code as CallErrorCode) : "conflict"), String(words), {
    details: body,
    ...(wait > 0 && { retryAfterMs: wait * 1_000 }),
  });
}
