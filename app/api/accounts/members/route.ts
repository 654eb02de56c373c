import { listMembers } from "@/lib/accounts/queries";
import { ListMembers, MemberPage } from "@/lib/accounts/schema";
import { route } from "@/lib/http/route";

export const GET = route({
  auth: "login",
  scope: "members:read",
  summary: "Who is in the account",
  query: ListMembers,
  output: MemberPage,
  handle: ({ ctx, query }) => listMembers(ctx, query),
});
