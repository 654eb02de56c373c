import { Cards, OneCard } from "@/lib/cards/schema";
import { route } from "@/lib/http/route";
import { chargeBy } from "@/lib/invoices/charge-by";

export const POST = route({
  summary: "Make a saved payment method the default",
  description: "Every plan is charged to it from then on, and what is overdue at once.",
  auth: "login",
  scope: "billing:write",
  params: OneCard,
  output: Cards,
  handle: ({ ctx, params }) => chargeBy(ctx, params),
});
