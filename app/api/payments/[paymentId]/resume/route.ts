import { route } from "@/lib/http/route";
import { paymentLimit } from "@/lib/limits";
import { resumePayment } from "@/lib/payments/resume";
import { FindPayment, Intent } from "@/lib/payments/schema";

export const POST = route({
  summary: "Take up a payment that waits for you",
  description: "One that was left, or that the bank wants to see its owner for. Answers with what Stripe.js needs.",
  auth: "member",
  scope: "billing:write",
  params: FindPayment,
  output: Intent,
  pace: paymentLimit,
  handle: ({ ctx, params }) => resumePayment(ctx, params),
});
