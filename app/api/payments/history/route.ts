import { route } from "@/lib/http/route";
import { listPayments } from "@/lib/payments/queries";
import { ListPayments, PaymentPage } from "@/lib/payments/schema";

export const GET = route({
  summary: "What the account paid, or tried to, newest first",
  auth: "member",
  scope: "billing:read",
  query: ListPayments,
  output: PaymentPage,
  handle: ({ ctx, query }) => listPayments(ctx, query),
});
