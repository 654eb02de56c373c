import { route } from "@/lib/http/route";
import { paymentLimit } from "@/lib/limits";
import { confirmPayment } from "@/lib/payments/confirm";
import { Confirm, Confirmed } from "@/lib/payments/schema";

export const POST = route({
  summary: "Have a payment that was made granted at once",
  description:
    "Asks Stripe whether it is paid. It is granted without this call too, a moment later, and never twice. Confirming again answers the same.",
  auth: "member",
  scope: "billing:write",
  body: Confirm,
  output: Confirmed,
  pace: paymentLimit,
  handle: ({ ctx, body }) => confirmPayment(ctx, body),
});
