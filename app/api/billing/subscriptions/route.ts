import { route } from "@/lib/http/route";
import { listSubscriptions } from "@/lib/subscriptions/queries";
import { Subscriptions } from "@/lib/subscriptions/schema";

export const GET = route({
  summary: "List the account's subscriptions",
  description: "The latest first, those that have ended among them.",
  auth: "member",
  scope: "billing:read",
  output: Subscriptions,
  handle: ({ ctx }) => listSubscriptions(ctx),
});
