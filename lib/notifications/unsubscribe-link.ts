import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";
import { type Id, isId } from "@/lib/ids";
import { MAIL_KINDS, OPTIONAL_KINDS, type OptionalKind } from "./rules";

/** How the reader of one mail stops all others of its kind. */
export type WayOut = { kind: string; link: string; settings: string };
export type Leaver = { userId: Id<"user">; kind: OptionalKind };

const MARK_BYTES = 18;

/** A link that works without a sign-in, for one person and one kind of mail. It can switch off and nothing else. */
export function wayOutFor(leaver: Leaver): WayOut {
  const { publicUrl } = env();
  return {
    kind: MAIL_KINDS[leaver.kind].label,
    link: `${publicUrl}/unsubscribe?token=${tokenFor(leaver)}`,
    settings: `${publicUrl}/dashboard/settings/mail`,
  };
}

export function tokenFor({ userId, kind }: Leaver): string {
  const said = `${userId}.${kind}`;
  return `${said}.${markOf(said, env().JWT_SECRET ?? "").toString("base64url")}`;
}

/** Whom a token speaks for, or nobody when it was not made here. Secrets of before a rotation still count. */
export function readToken(token: string): Leaver | undefined {
  const [userId, asked, mark = ""] = token.split(".");
  const kind = OPTIONAL_KINDS.find((optional) => optional === asked);
  if (!isId("user", userId) || !kind) return undefined;
  const shown = Buffer.from(mark, "base64url");
  const { JWT_SECRET, JWT_SECRET_PREVIOUS } = env();
  const isOurs = [JWT_SECRET, JWT_SECRET_PREVIOUS].some((secret) => {
    const wanted = secret === undefined ? undefined : markOf(`${userId}.${kind}`, secret);
    return wanted !== undefined && wanted.length === shown.length && timingSafeEqual(wanted, shown);
  });
  return isOurs ? { userId, kind } : undefined;
}

const markOf = (said: string, secret: string): Buffer =>
  createHmac("sha256", Buffer.from(hkdfSync("sha256", secret, "", "parley unsubscribe", 32)))
    .update(said)
    .digest()
    .subarray(0, MARK_BYTES);
