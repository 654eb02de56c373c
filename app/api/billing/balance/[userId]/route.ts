import { route } from "@/lib/http/route";
import { getBalance } from "@/lib/wallet/queries";
import { FindBalance, WalletBalance } from "@/lib/wallet/schema";

export const GET = route({
  summary: "Read what is in a wallet",
  description: "Your own, by your user id, your account's id or `me`. Staff may read anybody's.",
  auth: "member",
  scope: "billing:read",
  params: FindBalance,
  output: WalletBalance,
  handle: ({ ctx, params }) => getBalance(ctx, params),
});
