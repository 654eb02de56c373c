import type { GuestActor, KeyActor, MemberActor, RoomActor, UserActor } from "@/lib/ctx";
import { AppError } from "@/lib/errors";
import { readLoginToken } from "@/lib/logins/token";
import { corsHeaders, isOwnOrigin } from "@/lib/origins";
import { readPass } from "@/lib/rooms/pass";
import { readLoginCookie } from "./cookie";
import { actorOfKey } from "./key-actor";
import { actorOfLogin } from "./live-logins";
import { notSignedIn, type Presented, presentedBy, QUERY_KEY_HEADERS, type SentHeaders } from "./presented";

export type ActorFor = {
  public: GuestActor;
  /** A person, by cookie or bearer. */
  login: UserActor;
  /** Staff of the operator; for everybody else the address does not exist. */
  staff: UserActor;
  /** An API key and nothing else. */
  key: KeyActor;
  /** Whoever acts for an account. */
  member: MemberActor;
  /** Whoever may be in a room: for the account, or by a pass. */
  joiner: RoomActor;
};
export type AuthKind = keyof ActorFor;

export type Asking = { method: string; path: string; headers: SentHeaders; queryKey: string | null };
export type Authenticated<K extends AuthKind> = { actor: ActorFor[K]; headers: Record<string, string> };

const SAFE_METHODS = ["GET", "HEAD", "OPTIONS"];

/** Answers "who are you", once, or refuses. What they may do is the verb's question. */
export async function authenticate<K extends AuthKind>(kind: K, asking: Asking): Promise<Authenticated<K>>;
export async function authenticate(kind: AuthKind, asking: Asking): Promise<Authenticated<AuthKind>> {
  const origin = asking.headers.get("origin");
  if (kind === "public") return { actor: { kind: "guest" }, headers: {} };

  const presented = presentedBy(asking);
  if (presented.kind === "nothing") throw notSignedIn();
  if (presented.kind === "key") return byKey(kind, presented, origin);
  if (kind === "key") throw new AppError("unauthenticated", "Send an API key in the X-API-Key header.");

  if (kind === "joiner" && presented.kind === "token") {
    const pass = await readPass(presented.token);
    // Whoever minted the token chose the page that has it.
    if (pass) return { actor: { kind: "guest", pass }, headers: origin === null ? {} : corsHeaders(origin) };
  }
  const actor = await byLogin(presented, asking);
  if (kind === "staff" && !actor.isStaff) throw new AppError("not_found", "Page not found.");
  return { actor, headers: {} };
}

async function byKey(
  kind: AuthKind,
  presented: { key: string; inQuery: boolean },
  origin: string | null,
): Promise<Authenticated<AuthKind>> {
  if (kind === "login" || kind === "staff") {
    throw new AppError("forbidden", "Sign in to do that. An API key is not enough.");
  }
  const { actor, key } = await actorOfKey(presented.key, origin);
  if (presented.inQuery && !key.allowQuery) throw new AppError("invalid_key", "Invalid API key");
  return {
    actor,
    headers: { ...(origin !== null && corsHeaders(origin)), ...(presented.inQuery && QUERY_KEY_HEADERS) },
  };
}

async function byLogin(presented: Exclude<Presented, { kind: "key" | "nothing" }>, asking: Asking): Promise<UserActor> {
  if (presented.kind === "cookie") refuseForeignPage(asking);
  const claims = await (presented.kind === "token"
    ? readLoginToken(presented.token)
    : readLoginCookie(presented.header));
  const actor = claims && (await actorOfLogin(claims));
  if (!actor)
    throw presented.kind === "token"
      ? new AppError("unauthenticated", "This token is not valid any more. Sign in again.")
      : notSignedIn();
  return actor;
}

/** A cookie travels by itself, so a change asked for by cookie must come from one of our own pages. */
function refuseForeignPage({ method, path, headers }: Asking): void {
  if (path.startsWith("/api/v1/")) throw notSignedIn();
  if (SAFE_METHODS.includes(method)) return;
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  if (origin !== null && isOwnOrigin(origin) && (site === null || site === "same-origin")) return;
  throw new AppError("origin_not_allowed", "This request came from another site and was not carried out.");
}
