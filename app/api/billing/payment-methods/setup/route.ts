import { beginCard } from "@/lib/cards/begin";
import { CardSetup } from "@/lib/cards/schema";
import { route } from "@/lib/http/route";
import { paymentLimit } from "@/lib/limits";

export const POST = route({
  summary: "Begin to save a payment method",
  description: "Answers with what Stripe.js needs to take the card. Nothing is charged.",
  auth: "login",
  scope: "billing:write",
  output: CardSetup,
  status: 201,
  idempotent: true,
  pace: paymentLimit,
  handle: ({ ctx }) => beginCard(ctx),
});
