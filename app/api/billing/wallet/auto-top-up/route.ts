import { route } from "@/lib/http/route";
import { changeAutoTopUp } from "@/lib/wallet/change-auto-top-up";
import { ChangeAutoTopUp, Wallet } from "@/lib/wallet/schema";

export const PUT = route({
  summary: "Have your wallet filled by itself, or no longer",
  description:
    "Charges the default payment method when the balance falls below the threshold, up to the cap of a calendar month.",
  auth: "login",
  scope: "billing:write",
  body: ChangeAutoTopUp,
  output: Wallet,
  handle: ({ ctx, body }) => changeAutoTopUp(ctx, body),
});
