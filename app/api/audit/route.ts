import { listAudit } from "@/lib/audit/queries";
import { AuditPage, ListAudit } from "@/lib/audit/schema";
import { route } from "@/lib/http/route";

export const GET = route({
  auth: "login",
  scope: "audit:read",
  summary: "What happened in the account, newest first",
  query: ListAudit,
  output: AuditPage,
  handle: ({ ctx, query }) => listAudit(ctx, query),
});
