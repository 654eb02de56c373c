import { route } from "@/lib/http/route";
import { getReceipt } from "@/lib/receipts/queries";
import { FindReceipt, Receipt } from "@/lib/receipts/schema";

export const GET = route({
  summary: "One receipt",
  description:
    "What one movement was, how it was computed, and its place in the chain. Both checks are recomputed for this answer.",
  auth: "member",
  scope: "billing:read",
  params: FindReceipt,
  output: Receipt,
  handle: ({ ctx, params }) => getReceipt(ctx, params),
});
