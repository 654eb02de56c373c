import { acceptInvitation } from "@/lib/accounts/accept";
import { AcceptInvitation, Joined } from "@/lib/accounts/schema";
import { route } from "@/lib/http/route";

export const POST = route({
  auth: "login",
  summary: "Accept an invitation",
  description: "Signed in with the address that it was sent to. Accepting it again changes nothing.",
  body: AcceptInvitation,
  output: Joined,
  handle: ({ ctx, body }) => acceptInvitation(ctx, body),
});
