import { errors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import type { RoomPass } from "@/lib/ctx";
import { AppError } from "@/lib/errors";
import { idSchema } from "@/lib/input";
import { ROOM_ROLES, RoomId } from "@/lib/protocol/room-parts";
import { keyFor, secretNamed, signingSecret } from "@/lib/signing";

const ISSUER = "parley";
const AUDIENCE = "rt";
const PURPOSE = "room pass";
const SKEW_SECONDS = 5;

/** What a token to a room says. One that names no room or no end is none. */
const Claims = z.object({
  jti: idSchema("pass"),
  tid: idSchema("account"),
  rid: RoomId,
  role: z.enum(ROOM_ROLES),
  sub: z.string().optional(),
  name: z.string().optional(),
  lid: idSchema("link").optional(),
  exp: z.number(),
});

/** A signed token that opens one room to one person for a while. */
export function signPass(pass: RoomPass): Promise<string> {
  const { kid, secret } = signingSecret();
  const said = {
    tid: pass.accountId,
    rid: pass.roomId,
    role: pass.role,
    ...(pass.name !== null && { name: pass.name }),
    ...(pass.linkId !== null && { lid: pass.linkId }),
  };
  const token = new SignJWT(said)
    .setProtectedHeader({ alg: "HS256", typ: "JWT", kid })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setJti(pass.id)
    .setIssuedAt()
    .setExpirationTime(pass.expiresAt);
  if (pass.subject !== null) token.setSubject(pass.subject);
  return token.sign(keyFor(PURPOSE, secret));
}

/** The pass in a token that we signed; nothing where it is another kind of token, and a refusal where it has run out. */
export async function readPass(token: string): Promise<RoomPass | undefined> {
  try {
    const { payload } = await jwtVerify(token, ({ kid }) => keyFor(PURPOSE, secretNamed(kid)), {
      algorithms: ["HS256"],
      issuer: ISSUER,
      audience: AUDIENCE,
      typ: "JWT",
      clockTolerance: SKEW_SECONDS,
    });
    const { jti, tid, rid, role, sub, name, lid, exp } = Claims.parse(payload);
    return {
      id: jti,
      accountId: tid,
      roomId: rid,
      role,
      subject: sub ?? null,
      name: name ?? null,
      linkId: lid ?? null,
      expiresAt: new Date(exp * 1_000),
    };
  } catch (error) {
    if (error instanceof errors.JWTExpired)
      throw new AppError("token_expired", "This token to a room has run out. Ask for another one.");
    return undefined;
  }
}
