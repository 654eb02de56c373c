import { z } from "zod";
import type { RoomActor } from "@/lib/ctx";
import { AppError } from "@/lib/errors";
import { readLoginToken } from "@/lib/logins/token";
import { isAllowedOrigin, isOwnOrigin } from "@/lib/origins";
import { readPass } from "@/lib/rooms/pass";
import { readLoginCookie } from "./cookie";
import { actorOfKey } from "./key-actor";
import { actorOfLogin } from "./live-logins";
import { notSignedIn } from "./presented";

const Handshake = z
  .object({ apiKey: z.string().max(200).optional(), token: z.string().max(4_000).optional() })
  .catch({});

/** Who opens a socket: by key, by token, by a pass to one room, or, from our own pages, by cookie. */
export async function authenticateSocket(shown: {
  auth: unknown;
  origin: string | null;
  cookie: string | null;
}): Promise<RoomActor> {
  const { apiKey, token } = Handshake.parse(shown.auth);
  if (apiKey) return (await actorOfKey(apiKey, shown.origin)).actor;
  const pass = token === undefined ? undefined : await readPass(token);
  // Whoever minted the token chose the page that has it.
  if (pass) return { kind: "guest", pass };
  if (shown.origin !== null && !isAllowedOrigin(shown.origin))
    throw new AppError("origin_not_allowed", "This page may not open a socket here.");

  const isOwnPage = shown.origin !== null && isOwnOrigin(shown.origin);
  const claims = token ? await readLoginToken(token) : isOwnPage ? await readLoginCookie(shown.cookie) : undefined;
  const actor = claims && (await actorOfLogin(claims));
  if (!actor) throw notSignedIn();
  return actor;
}
