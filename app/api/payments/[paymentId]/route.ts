import { route } from "@/lib/http/route";
import { getPayment } from "@/lib/payments/queries";
import { FindPayment, PaymentDetail } from "@/lib/payments/schema";

export const GET = route({
  summary: "One payment",
  description:
    "By its own id, or by that of Stripe's payment intent; with what was paid back of it, and what a bank objected to.",
  auth: "member",
  scope: "billing:read",
  params: FindPayment,
  output: PaymentDetail,
  handle: ({ ctx, params }) => getPayment(ctx, params),
});
