import { route } from "@/lib/http/route";
import { listInvoices } from "@/lib/invoices/queries";
import { InvoicePage, ListInvoices } from "@/lib/invoices/schema";

export const GET = route({
  summary: "List the account's invoices",
  description: "The latest first. An address that speaks for one family lists that family's alone.",
  auth: "member",
  scope: "billing:read",
  query: ListInvoices,
  output: InvoicePage,
  handle: ({ ctx, query, family }) => listInvoices(ctx, { family, ...query }),
});
