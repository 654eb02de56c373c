import { invite } from "@/lib/accounts/invite";
import { listInvitations } from "@/lib/accounts/queries";
import { Invitation, Invitations, Invite } from "@/lib/accounts/schema";
import { route } from "@/lib/http/route";

export const GET = route({
  auth: "login",
  scope: "members:write",
  summary: "Invitations that are still open",
  output: Invitations,
  handle: async ({ ctx }) => ({ invitations: await listInvitations(ctx) }),
});

export const POST = route({
  auth: "login",
  scope: "members:write",
  summary: "Invite somebody by mail",
  description: "The link in the mail works once, for seven days. Inviting the same address again replaces it.",
  body: Invite,
  output: Invitation,
  status: 201,
  idempotent: true,
  handle: ({ ctx, body }) => invite(ctx, body),
});
