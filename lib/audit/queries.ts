import { and, desc, eq, lt, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Ctx, type MemberActor, requireScope } from "@/lib/ctx";
import { audit, keys, logins, users } from "@/lib/db/schema";
import type { AuditPage, ListAudit } from "./schema";

const targetUsers = alias(users, "target_users");
const targetKeys = alias(keys, "target_keys");

/** What happened in the caller's account, newest first. */
export async function listAudit(ctx: Ctx<MemberActor>, { limit, cursor }: ListAudit): Promise<AuditPage> {
  requireScope(ctx, "audit:read");
  const rows = await ctx.db
    .select({
      id: audit.id,
      at: audit.at,
      action: audit.action,
      target: audit.target,
      detail: audit.detail,
      actorKind: audit.actorKind,
      userName: users.name,
      keyName: keys.name,
      targetUser: targetUsers.name,
      targetKey: targetKeys.name,
    })
    .from(audit)
    .leftJoin(users, eq(users.id, audit.actorId))
    .leftJoin(keys, and(eq(keys.id, audit.actorId), eq(keys.accountId, ctx.actor.accountId)))
    .leftJoin(logins, eq(logins.id, audit.target))
    .leftJoin(targetUsers, eq(targetUsers.id, sql`coalesce(${logins.userId}, ${audit.target})`))
    .leftJoin(targetKeys, and(eq(targetKeys.id, audit.target), eq(targetKeys.accountId, ctx.actor.accountId)))
    .where(and(eq(audit.accountId, ctx.actor.accountId), cursor ? lt(audit.id, cursor) : undefined))
    .orderBy(desc(audit.id))
    .limit(limit + 1);

  const entries = rows.slice(0, limit).map(({ userName, keyName, targetUser, targetKey, ...row }) => ({
    ...row,
    actorName: userName ?? keyName ?? (row.actorKind === "guest" ? (targetUser ?? "Registration") : "Parley"),
    targetName: targetUser ?? targetKey,
  }));
  return { entries, nextCursor: rows.length > limit ? (entries.at(-1)?.id ?? null) : null };
}
