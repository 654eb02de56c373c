import { route } from "@/lib/http/route";
import { refundPayment } from "@/lib/payments/refund";
import { FindPayment, Refund, RefundPayment } from "@/lib/payments/schema";

export const POST = route({
  summary: "Pay back what is unspent of a payment",
  description: "Bonus credits of that purchase go first, then as many of the bought ones as the amount is worth.",
  auth: "staff",
  params: FindPayment,
  body: RefundPayment,
  output: Refund,
  status: 201,
  idempotent: true,
  handle: ({ ctx, params, body, idempotencyKey }) => refundPayment(ctx, { ...params, ...body, idempotencyKey }),
});
