import { changeRole } from "@/lib/accounts/change-role";
import { removeMember } from "@/lib/accounts/remove-member";
import { MemberParams, MemberRole, NewRole, RemovedMember } from "@/lib/accounts/schema";
import { route } from "@/lib/http/route";

export const PATCH = route({
  auth: "login",
  scope: "members:write",
  summary: "Give a member another role",
  description: "Only an owner makes or changes an owner. The last owner stays one.",
  params: MemberParams,
  body: NewRole,
  output: MemberRole,
  handle: ({ ctx, params, body }) => changeRole(ctx, { ...params, ...body }),
});

export const DELETE = route({
  auth: "login",
  scope: "members:write",
  summary: "Remove a member",
  params: MemberParams,
  output: RemovedMember,
  handle: ({ ctx, params }) => removeMember(ctx, params),
});
