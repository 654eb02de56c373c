import { route } from "@/lib/http/route";
import { getInvoice } from "@/lib/invoices/queries";
import { Invoice, OneInvoice } from "@/lib/invoices/schema";

export const GET = route({
  summary: "One invoice with its lines",
  auth: "member",
  scope: "billing:read",
  params: OneInvoice,
  output: Invoice,
  handle: ({ ctx, params }) => getInvoice(ctx, params),
});
