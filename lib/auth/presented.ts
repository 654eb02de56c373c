import { AppError, invalid } from "@/lib/errors";
import { takeTurn } from "@/lib/limits";
import { minutes } from "@/lib/time";

/** What a request shows to say who it is from. */
export type Presented =
  | { kind: "key"; key: string; inQuery: boolean }
  | { kind: "token"; token: string }
  | { kind: "cookie"; header: string }
  | { kind: "nothing" };

const KEY = /^(?:mk|nk|mpk)_/;
const QUERY_LIMIT = { count: 60, windowMs: minutes(1) };

/** The headers of a request, asked for by their names in lower case. */
export type SentHeaders = Pick<Headers, "get" | "has">;

export type Shown = { headers: SentHeaders; path: string; queryKey: string | null };

/** Header first, then `?api_key=` where it is allowed, then the browser's cookie. */
export function presentedBy({ headers, path, queryKey }: Shown): Presented {
  const inHeader = headerCredential(headers);
  if (queryKey !== null) return fromQuery({ headers, path, queryKey }, inHeader);
  if (inHeader) return inHeader;
  const cookie = headers.get("cookie");
  return cookie === null ? { kind: "nothing" } : { kind: "cookie", header: cookie };
}

function headerCredential(headers: SentHeaders): Presented | undefined {
  const apiKey = headers.get("x-api-key")?.trim();
  const bearer = /^Bearer\s+(\S+)\s*$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (apiKey && bearer && KEY.test(bearer) && apiKey !== bearer) {
    throw invalid({ "X-API-Key": "Two different API keys were sent. Send one." });
  }
  if (apiKey) return { kind: "key", key: apiKey, inQuery: false };
  if (!bearer) return undefined;
  return KEY.test(bearer) ? { kind: "key", key: bearer, inQuery: false } : { kind: "token", token: bearer };
}

/** A key in an address ends up in logs and histories, so it is taken under conditions only. */
function fromQuery(
  { headers, path, queryKey }: Shown & { queryKey: string },
  inHeader: Presented | undefined,
): Presented {
  if (!path.startsWith("/api/v1/"))
    throw invalid({ api_key: "api_key is accepted below /api/v1 only. Send the key in the X-API-Key header." });
  if (headers.get("sec-fetch-mode") === "navigate" || headers.has("origin")) {
    throw invalid({ api_key: "api_key is not accepted from a browser. Send the key in the X-API-Key header." });
  }
  if (inHeader && !(inHeader.kind === "key" && inHeader.key === queryKey)) {
    throw invalid({ api_key: "The header and api_key name different credentials. Send one." });
  }
  takeTurn(`query:${queryKey}`, QUERY_LIMIT);
  return { kind: "key", key: queryKey, inQuery: true };
}

export const QUERY_KEY_HEADERS = {
  "referrer-policy": "no-referrer",
  deprecation: "true",
  link: '</docs#keys>; rel="deprecation"',
  vary: "Authorization, X-API-Key",
};

export const notSignedIn = () => new AppError("unauthenticated", "Sign in, or send an API key.");
