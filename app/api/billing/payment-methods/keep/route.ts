import { keepCard } from "@/lib/cards/keep";
import { Cards, KeepCard } from "@/lib/cards/schema";
import { route } from "@/lib/http/route";
import { paymentLimit } from "@/lib/limits";

export const POST = route({
  summary: "Keep the payment method of a setup that the bank has agreed to",
  auth: "login",
  scope: "billing:write",
  body: KeepCard,
  output: Cards,
  pace: paymentLimit,
  handle: ({ ctx, body }) => keepCard(ctx, body),
});
