import { route } from "@/lib/http/route";
import { printReceipt } from "@/lib/receipts/print";
import { FindReceipt, PdfFile } from "@/lib/receipts/schema";

export const GET = route({
  summary: "One receipt, to print",
  description: "A PDF. The same receipt gives the same bytes.",
  auth: "member",
  scope: "billing:read",
  params: FindReceipt,
  output: PdfFile,
  produces: "application/pdf",
  handle: ({ ctx, params }) => printReceipt(ctx, params),
});
