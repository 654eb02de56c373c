import { estimateCost } from "@/lib/credits/queries";
import { CalculateCost, Cost } from "@/lib/credits/schema";
import { route } from "@/lib/http/route";

export const POST = route({
  summary: "What a video would cost",
  description: "Line by line, and whether the account has enough. Nothing is taken.",
  auth: "member",
  body: CalculateCost,
  output: Cost,
  handle: ({ ctx, body }) => estimateCost(ctx, body),
});
