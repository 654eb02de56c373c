"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/http/action";
import { NoInput } from "@/lib/logins/schema";
import { changeProfile } from "@/lib/registration/change-profile";
import { ChangeProfile } from "@/lib/registration/schema";
import { requestVerification } from "@/lib/registration/verify-email";

export const changeProfileAction = action(ChangeProfile, async (ctx, input) => {
  await changeProfile(ctx, input);
  revalidatePath("/dashboard", "layout");
});

export const sendVerificationAction = action(NoInput, requestVerification);
