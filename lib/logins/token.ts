import { jwtVerify, SignJWT } from "jose";
import { type Id, isId } from "@/lib/ids";
import { keyBytes, secretNamed, signingSecret } from "@/lib/signing";

/** What a token says. It proves nothing by itself: the login it names must still be open. */
export type LoginClaims = { loginId: Id<"login">; userId: Id<"user"> };

const ISSUER = "parley";
const SKEW_SECONDS = 60;

/** A bearer for the API, good for as long as its login. `kid` says which secret signed it, so that secrets can rotate. */
export function signLoginToken({ loginId, userId }: LoginClaims, expiresAt: Date): Promise<string> {
  const { kid, secret } = signingSecret();
  return new SignJWT({ sid: loginId })
    .setProtectedHeader({ alg: "HS256", typ: "JWT", kid })
    .setIssuer(ISSUER)
    .setAudience("api")
    .setSubject(userId)
    .setIssuedAt()
    .setExpirationTime(expiresAt)
    .sign(keyBytes(secret));
}

/** The claims of a token that we signed and that has not run out; nothing otherwise. */
export async function readLoginToken(token: string): Promise<LoginClaims | undefined> {
  try {
    const { payload } = await jwtVerify(token, ({ kid }) => keyBytes(secretNamed(kid)), {
      algorithms: ["HS256"],
      issuer: ISSUER,
      audience: "api",
      typ: "JWT",
      clockTolerance: SKEW_SECONDS,
    });
    const { sid, sub } = payload;
    return isId("login", sid) && isId("user", sub) ? { loginId: sid, userId: sub } : undefined;
  } catch {
    return undefined;
  }
}
