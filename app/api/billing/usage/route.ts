import { route } from "@/lib/http/route";
import { getUsage } from "@/lib/usage/queries";
import { Usage } from "@/lib/usage/schema";

export const GET = route({
  summary: "See what was used in this period",
  description: "True at any moment, also while a call runs.",
  auth: "member",
  scope: "usage:read",
  output: Usage,
  handle: ({ ctx }) => getUsage(ctx),
});
