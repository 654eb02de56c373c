import type { TxCtx } from "@/lib/ctx";
import { audit } from "@/lib/db/schema";
import { type Id, newId } from "@/lib/ids";

export type AuditEntry = {
  action: string;
  target: string;
  detail?: Record<string, unknown>;
  /** Left out, it is the actor's own account. */
  accountId?: Id<"account">;
};

/** Writes down who did what, in the transaction that does it. */
export async function recordAudit(ctx: TxCtx, entry: AuditEntry): Promise<void> {
  const { actor, origin } = ctx;
  await ctx.db.insert(audit).values({
    id: newId("audit"),
    accountId: entry.accountId ?? ("accountId" in actor ? actor.accountId : null),
    actorKind: actor.kind,
    actorId: actorId(ctx),
    action: entry.action,
    target: entry.target,
    detail: entry.detail ?? {},
    ip: origin.ip,
    userAgent: origin.userAgent,
    requestId: origin.requestId,
  });
}

function actorId({ actor }: TxCtx): string {
  switch (actor.kind) {
    case "user":
      return actor.userId;
    case "key":
      return actor.keyId;
    case "system":
      return actor.name;
    case "guest":
      return "guest";
  }
}
