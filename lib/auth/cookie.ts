import { decode } from "next-auth/jwt";
import { env } from "@/lib/env";
import { isId } from "@/lib/ids";
import type { LoginClaims } from "@/lib/logins/token";

/** Over TLS only the name that no other host and no plain connection can set. */
export const loginCookieName = (): string =>
  env().publicUrl.startsWith("https:") ? "__Host-next-auth.session-token" : "next-auth.session-token";

/** Who the browser's cookie says it is. A cookie is read from the cookie header and from nowhere else. */
export async function readLoginCookie(cookieHeader: string | null): Promise<LoginClaims | undefined> {
  const token = sessionToken(parseCookies(cookieHeader ?? ""));
  const { NEXTAUTH_SECRET } = env();
  if (!token || !NEXTAUTH_SECRET) return undefined;
  try {
    const claims = await decode({ token, secret: NEXTAUTH_SECRET });
    return isId("login", claims?.sid) && isId("user", claims?.uid)
      ? { loginId: claims.sid, userId: claims.uid }
      : undefined;
  } catch {
    return undefined;
  }
}

/** A long token is cut into `name.0`, `name.1` and so on. */
function sessionToken(cookies: Map<string, string>): string | undefined {
  const name = loginCookieName();
  const whole = cookies.get(name);
  if (whole) return whole;
  let joined = "";
  for (let part = 0; cookies.has(`${name}.${part}`); part += 1) joined += cookies.get(`${name}.${part}`);
  return joined || undefined;
}

export function parseCookies(header: string): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of header.split(";")) {
    const at = pair.indexOf("=");
    if (at > 0) cookies.set(pair.slice(0, at).trim(), decoded(pair.slice(at + 1).trim()));
  }
  return cookies;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
