import { listCards } from "@/lib/cards/queries";
import { Cards } from "@/lib/cards/schema";
import { route } from "@/lib/http/route";

export const GET = route({
  summary: "List your saved payment methods",
  auth: "member",
  scope: "billing:read",
  output: Cards,
  handle: ({ ctx }) => listCards(ctx),
});
