import { sql } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import type { TxCtx } from "@/lib/ctx";
import { logins } from "@/lib/db/schema";
import { type Id, newId } from "@/lib/ids";
import { LOGIN_LIFE_MS } from "./rules";
import { signLoginToken } from "./token";

export type NewLogin = { userId: Id<"user">; accountId: Id<"account">; via: "browser" | "api" };
export type OpenLogin = { loginId: Id<"login">; token: string; expiresAt: Date };

/** Signs somebody in who has proven who they are, for seven days. */
export async function openLogin(ctx: TxCtx, { userId, accountId, via }: NewLogin): Promise<OpenLogin> {
  const loginId = newId("login");
  const { ip, userAgent } = ctx.origin;
  const [login] = await ctx.db
    .insert(logins)
    .values({
      id: loginId,
      userId,
      accountId,
      via,
      ip: ip ?? "unknown",
      userAgent: userAgent ?? "",
      expiresAt: sql`clock_timestamp() + make_interval(secs => ${LOGIN_LIFE_MS / 1_000})`,
    })
    .returning({ expiresAt: logins.expiresAt });
  if (!login) throw new Error("The login was not written");

  await recordAudit(ctx, { accountId, action: "login.opened", target: loginId, detail: { userId, via } });
  return { loginId, token: await signLoginToken({ loginId, userId }, login.expiresAt), expiresAt: login.expiresAt };
}
