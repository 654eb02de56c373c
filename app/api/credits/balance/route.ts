import { getBalance } from "@/lib/credits/queries";
import { Balance } from "@/lib/credits/schema";
import { route } from "@/lib/http/route";

export const GET = route({
  summary: "How many credits the account has",
  description: "With the lots they came in, in the order in which they are used up.",
  auth: "member",
  scope: "billing:read",
  output: Balance,
  handle: ({ ctx }) => getBalance(ctx),
});
