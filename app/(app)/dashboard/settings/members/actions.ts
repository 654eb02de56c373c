"use server";

import { revalidatePath } from "next/cache";
import { changeRole } from "@/lib/accounts/change-role";
import { invite } from "@/lib/accounts/invite";
import { removeMember } from "@/lib/accounts/remove-member";
import { revokeInvitation } from "@/lib/accounts/revoke-invitation";
import { ChangeRole, InvitationParams, Invite, MemberParams } from "@/lib/accounts/schema";
import { forgetLogin } from "@/lib/auth/live-logins";
import { action } from "@/lib/http/action";

const MEMBERS = "/dashboard/settings/members";

export const inviteAction = action(Invite, async (ctx, input) => {
  await invite(ctx, input);
  revalidatePath(MEMBERS);
});

export const revokeInvitationAction = action(InvitationParams, async (ctx, input) => {
  await revokeInvitation(ctx, input);
  revalidatePath(MEMBERS);
});

export const changeRoleAction = action(ChangeRole, async (ctx, input) => {
  await changeRole(ctx, input);
  forgetLogin(ctx.actor.loginId);
  revalidatePath(MEMBERS);
});

export const removeMemberAction = action(MemberParams, async (ctx, input) => {
  await removeMember(ctx, input);
  revalidatePath(MEMBERS);
});
