import { route } from "@/lib/http/route";
import { payInvoice } from "@/lib/invoices/pay";
import { InvoicePaid, OneInvoice } from "@/lib/invoices/schema";
import { paymentLimit } from "@/lib/limits";

export const POST = route({
  summary: "Pay an open invoice",
  description: "With the default payment method. Where the bank asks the payer, answers with what Stripe.js confirms.",
  auth: "member",
  scope: "billing:write",
  params: OneInvoice,
  output: InvoicePaid,
  pace: paymentLimit,
  handle: ({ ctx, params }) => payInvoice(ctx, params),
});
