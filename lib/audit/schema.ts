import { z } from "zod";
import { idSchema, Page } from "@/lib/input";

export const ListAudit = Page.extend({ cursor: idSchema("audit").optional() });
export type ListAudit = z.output<typeof ListAudit>;

export const AuditEntry = z.object({
  id: idSchema("audit"),
  at: z.date(),
  action: z.string(),
  target: z.string(),
  targetName: z
    .string()
    .nullable()
    .describe("What the target is called today, where it is a person, one of their logins, or a key"),
  detail: z.record(z.string(), z.unknown()),
  actorKind: z.enum(["user", "key", "system", "guest"]),
  actorName: z.string(),
});

export const AuditPage = z.object({ entries: z.array(AuditEntry), nextCursor: z.string().nullable() });
export type AuditPage = z.output<typeof AuditPage>;
