"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/http/action";
import { revokeLogin, revokeLogins } from "@/lib/logins/revoke";
import { EndLogins, LoginParams } from "@/lib/logins/schema";

const LOGINS = "/dashboard/settings/logins";

export const revokeLoginAction = action(LoginParams, async (ctx, input) => {
  await revokeLogin(ctx, input);
  revalidatePath(LOGINS);
});

export const revokeLoginsAction = action(EndLogins, async (ctx, input) => {
  const answer = await revokeLogins(ctx, input);
  if (!input.including) revalidatePath(LOGINS);
  return answer;
});
