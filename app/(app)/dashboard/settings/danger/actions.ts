"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { leaveAccount } from "@/lib/accounts/leave";
import { renameAccount } from "@/lib/accounts/rename";
import { CloseAccount, NoInput, RenameAccount } from "@/lib/accounts/schema";
import { forgetLogin } from "@/lib/auth/live-logins";
import { action } from "@/lib/http/action";
import { closeAccount } from "@/lib/registration/close";

export const renameAction = action(RenameAccount, async (ctx, input) => {
  await renameAccount(ctx, input);
  revalidatePath("/", "layout");
});

export const leaveAction = action(NoInput, async (ctx) => {
  await leaveAccount(ctx);
  forgetLogin(ctx.actor.loginId);
  revalidatePath("/", "layout");
  redirect("/dashboard");
});

export const closeAction = action(CloseAccount, async (ctx, input) => {
  const { userClosed } = await closeAccount(ctx, input);
  forgetLogin(ctx.actor.loginId);
  revalidatePath("/", "layout");
  redirect(userClosed ? "/" : "/dashboard");
});
