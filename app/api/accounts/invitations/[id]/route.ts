import { revokeInvitation } from "@/lib/accounts/revoke-invitation";
import { InvitationParams, RevokedInvitation } from "@/lib/accounts/schema";
import { route } from "@/lib/http/route";

export const DELETE = route({
  auth: "login",
  scope: "members:write",
  summary: "Revoke an invitation",
  params: InvitationParams,
  output: RevokedInvitation,
  handle: ({ ctx, params }) => revokeInvitation(ctx, params),
});
