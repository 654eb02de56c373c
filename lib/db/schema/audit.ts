import { index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { Id } from "@/lib/ids";
import { instant, stampedNow } from "./columns";

/** One row is one thing that somebody changed, written in the transaction that changed it. Never updated or deleted. */
export const audit = pgTable(
  "audit",
  {
    id: text().$type<Id<"audit">>().primaryKey(),
    /** The account it concerns; null where there is none yet, such as a staff grant. */
    accountId: text().$type<Id<"account">>(),
    actorKind: text().$type<"user" | "key" | "system" | "guest">().notNull(),
    actorId: text().notNull(),
    action: text().notNull(),
    target: text().notNull(),
    /** Before and after, without secrets. */
    detail: jsonb().$type<Record<string, unknown>>().notNull(),
    ip: text(),
    userAgent: text(),
    requestId: text().notNull(),
    at: stampedNow(),
  },
  (table) => [index("audit_account").on(table.accountId, table.id), index("audit_request").on(table.requestId)],
);

/** One row is the first answer to one Idempotency-Key, kept for a day. Whoever lacks the key cannot read it. */
export const idempotency = pgTable(
  "idempotency",
  {
    /** Who sent it and where to; keys of two tenants never meet. */
    owner: text().notNull(),
    keyHash: text().notNull(),
    bodyHash: text().notNull(),
    /** Null while the first request still runs. */
    status: integer(),
    /** Sealed with the Idempotency-Key itself, because an answer may carry a secret shown once. */
    sealedBody: text(),
    startedAt: stampedNow(),
    lockedUntil: instant().notNull(),
    expiresAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.owner, table.keyHash] }), index("idempotency_expiry").on(table.expiresAt)],
);
