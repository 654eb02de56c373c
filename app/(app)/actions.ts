"use server";

import { revalidatePath } from "next/cache";
import { createTeam } from "@/lib/accounts/create-team";
import { CreateTeam, SwitchAccount } from "@/lib/accounts/schema";
import { switchAccount } from "@/lib/accounts/switch";
import { forgetLogin } from "@/lib/auth/live-logins";
import { action } from "@/lib/http/action";

export const switchAccountAction = action(SwitchAccount, async (ctx, input) => {
  await switchAccount(ctx, input);
  forgetLogin(ctx.actor.loginId);
  revalidatePath("/", "layout");
});

/** Makes the team and goes there. */
export const createTeamAction = action(CreateTeam, async (ctx, input) => {
  const { id } = await createTeam(ctx, input);
  await switchAccount(ctx, { accountId: id });
  forgetLogin(ctx.actor.loginId);
  revalidatePath("/", "layout");
});
