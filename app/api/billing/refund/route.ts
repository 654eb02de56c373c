import { route } from "@/lib/http/route";
import { refundPayment } from "@/lib/payments/refund";
import { Refund, RefundByBody } from "@/lib/payments/schema";

export const POST = route({
  summary: "Pay back what is unspent of a payment, named in the body",
  description: "The same as `/api/payments/:paymentId/refund`, for staff.",
  auth: "staff",
  body: RefundByBody,
  output: Refund,
  status: 201,
  idempotent: true,
  handle: ({ ctx, body, idempotencyKey }) => refundPayment(ctx, { ...body, idempotencyKey }),
});
