import { route } from "@/lib/http/route";
import { getWallet } from "@/lib/wallet/queries";
import { Wallet } from "@/lib/wallet/schema";

export const GET = route({
  summary: "Read your wallet: balance, holds, automatic top-up, limits",
  auth: "member",
  scope: "billing:read",
  output: Wallet,
  handle: ({ ctx }) => getWallet(ctx),
});
