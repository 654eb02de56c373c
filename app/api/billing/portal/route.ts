import { route } from "@/lib/http/route";
import { paymentLimit } from "@/lib/limits";
import { openPortal } from "@/lib/subscriptions/portal";
import { OpenPortal, StripePage } from "@/lib/subscriptions/schema";

export const POST = route({
  summary: "Open the billing portal of Stripe",
  description:
    "For cards, invoices and leaving. `returnUrl` is one of our own pages, or one that the operator has named.",
  auth: "member",
  scope: "billing:portal",
  body: OpenPortal,
  output: StripePage,
  status: 201,
  pace: paymentLimit,
  handle: ({ ctx, body }) => openPortal(ctx, body),
});
