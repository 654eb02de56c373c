import { route } from "@/lib/http/route";
import { chargeInSession } from "@/lib/wallet/charge-in-session";
import { Charged, ChargeInSession } from "@/lib/wallet/schema";

export const POST = route({
  summary: "Charge the client of your open session",
  description:
    "For a provider inside a session of their own that is open, and for nobody else: a client's wallet is charged by the server that runs the session.",
  auth: "member",
  scope: "billing:write",
  body: ChargeInSession,
  output: Charged,
  idempotent: true,
  handle: ({ ctx, body }) => chargeInSession(ctx, body),
});
