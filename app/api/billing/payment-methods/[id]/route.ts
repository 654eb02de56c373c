import { removeCard } from "@/lib/cards/remove";
import { Cards, OneCard } from "@/lib/cards/schema";
import { route } from "@/lib/http/route";

export const DELETE = route({
  summary: "Remove a saved payment method",
  description: "It can never be charged again. Where it was the default, the newest other one is.",
  auth: "login",
  scope: "billing:write",
  params: OneCard,
  output: Cards,
  handle: ({ ctx, params }) => removeCard(ctx, params),
});
