"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { acceptInvitation } from "@/lib/accounts/accept";
import { AcceptInvitation } from "@/lib/accounts/schema";
import { switchAccount } from "@/lib/accounts/switch";
import { forgetLogin } from "@/lib/auth/live-logins";
import { action } from "@/lib/http/action";

/** Joins and goes there at once: that is what the link was opened for. */
export const acceptAction = action(AcceptInvitation, async (ctx, input) => {
  const { id } = await acceptInvitation(ctx, input);
  await switchAccount(ctx, { accountId: id });
  forgetLogin(ctx.actor.loginId);
  revalidatePath("/", "layout");
  redirect("/dashboard");
});
