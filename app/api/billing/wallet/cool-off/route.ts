import { route } from "@/lib/http/route";
import { coolOff } from "@/lib/wallet/cool-off";
import { CoolOff, Wallet } from "@/lib/wallet/schema";

export const POST = route({
  summary: "Take a rest from spending",
  description: "Nothing can be spent until it is over. It can be made longer and never shorter.",
  auth: "login",
  scope: "billing:write",
  body: CoolOff,
  output: Wallet,
  handle: ({ ctx, body }) => coolOff(ctx, body),
});
