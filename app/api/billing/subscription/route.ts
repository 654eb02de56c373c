import { route } from "@/lib/http/route";
import { findSubscription } from "@/lib/subscriptions/queries";
import { OfFamily, OneSubscription } from "@/lib/subscriptions/schema";

export const GET = route({
  summary: "See the subscription to one family of plans",
  description: "The live one, or the last there was. Null where there never was one.",
  auth: "member",
  scope: "billing:read",
  query: OfFamily,
  output: OneSubscription,
  handle: ({ ctx, query, family }) => findSubscription(ctx, { family, ...query }),
});
