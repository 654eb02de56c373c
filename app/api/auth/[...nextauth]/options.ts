import type { NextAuthOptions } from "next-auth";
import credentials from "next-auth/providers/credentials";
import { loginCookieName } from "@/lib/auth/cookie";
import { actorOfLogin } from "@/lib/auth/live-logins";
import { businessNow } from "@/lib/clock";
import type { Ctx, GuestActor } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { toRefusal } from "@/lib/errors";
import { INTERNAL } from "@/lib/http/headers";
import { isId, newId } from "@/lib/ids";
import { parseInput } from "@/lib/input";
import { anonymousLimit, networkOf, takeTurn } from "@/lib/limits";
import { log } from "@/lib/log";
import { revokeLogin } from "@/lib/logins/revoke";
import { LOGIN_LIFE_MS } from "@/lib/logins/rules";
import { SignIn } from "@/lib/logins/schema";
import { signIn } from "@/lib/logins/sign-in";

const LIFE_SECONDS = LOGIN_LIFE_MS / 1_000;

/** Browser logins: the cookie names a login and its user, nothing else, and counts only while that login is open. */
export function loginOptions(): NextAuthOptions {
  const { NEXTAUTH_SECRET, publicUrl } = env();
  if (!NEXTAUTH_SECRET) throw new Error("NEXTAUTH_SECRET is not set");
  const isSecure = publicUrl.startsWith("https:");
  return {
    secret: NEXTAUTH_SECRET,
    useSecureCookies: isSecure,
    cookies: {
      sessionToken: {
        name: loginCookieName(),
        options: { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure },
      },
    },
    // The token carries an expiry of its own, which the session's does not set.
    session: { strategy: "jwt", maxAge: LIFE_SECONDS },
    jwt: { maxAge: LIFE_SECONDS },
    pages: { signIn: "/login", signOut: "/login", error: "/login" },
    providers: [
      credentials({
        credentials: { email: {}, password: {} },
        authorize: (given, request) => enter({ email: given?.email, password: given?.password }, request.headers ?? {}),
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sid: user.sid, uid: user.id } : { sid: token.sid, uid: token.uid }),
      session: async ({ token, session }) => {
        const { sid, uid } = token;
        const isOpen = isId("login", sid) && isId("user", uid) && (await actorOfLogin({ loginId: sid, userId: uid }));
        return { expires: isOpen ? session.expires : new Date(0).toISOString(), ...(isOpen && { uid, sid }) };
      },
    },
    events: { signOut: ({ token }) => leave(token.sid, token.uid) },
    logger: {
      error: (code, metadata) =>
        log().warn({ code, err: metadata instanceof Error ? metadata : metadata.error }, "browser login failed"),
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}

/** A refusal travels to the form as the error's text, because that is all that the library hands on. */
async function enter(given: unknown, headers: Record<string, string | undefined>) {
  const ctx = guestFrom(headers);
  try {
    takeTurn(networkOf(ctx.origin.ip), anonymousLimit());
    const { user, login } = await signIn(ctx, { ...parseInput(SignIn, given), via: "browser" });
    return { id: user.id, sid: login.loginId };
  } catch (error) {
    const { code, message, retryAfterSeconds } = toRefusal(error);
    if (code === "internal") log().error({ err: error, request_id: ctx.origin.requestId }, "browser login failed");
    throw new Error(JSON.stringify({ code, message, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) }));
  }
}

async function leave(sid: unknown, uid: unknown): Promise<void> {
  if (!isId("login", sid) || !isId("user", uid)) return;
  const actor = await actorOfLogin({ loginId: sid, userId: uid });
  if (actor) await revokeLogin({ ...guestFrom({}), actor }, { id: sid });
}

const guestFrom = (headers: Record<string, string | undefined>): Ctx<GuestActor> => ({
  actor: { kind: "guest" },
  db: db(),
  now: businessNow(),
  origin: {
    requestId: headers[INTERNAL.requestId] ?? newId("req"),
    ip: headers[INTERNAL.ip] ?? null,
    userAgent: headers["user-agent"]?.slice(0, 300) ?? null,
  },
});
