import { route } from "@/lib/http/route";
import { printInvoice } from "@/lib/invoices/print";
import { OneInvoice, PdfFile } from "@/lib/invoices/schema";

export const GET = route({
  summary: "One invoice, to print",
  description: "A PDF. The same invoice gives the same bytes.",
  auth: "member",
  scope: "billing:read",
  params: OneInvoice,
  output: PdfFile,
  produces: "application/pdf",
  handle: ({ ctx, params }) => printInvoice(ctx, params),
});
