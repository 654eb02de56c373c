import { route } from "@/lib/http/route";
import { setLimits } from "@/lib/wallet/change-limits";
import { ChangeLimits, Wallet } from "@/lib/wallet/schema";

export const PUT = route({
  summary: "Limit what your wallet spends in a day and a week",
  description: "A tighter limit holds at once; a looser one begins after 24 hours.",
  auth: "login",
  scope: "billing:write",
  body: ChangeLimits,
  output: Wallet,
  handle: ({ ctx, body }) => setLimits(ctx, body),
});
