"use server";

import { publicAction } from "@/lib/http/action";
import { requestReset } from "@/lib/logins/request-reset";
import { resetPassword } from "@/lib/logins/reset-password";
import { RequestReset, ResetPassword, VerifyEmail } from "@/lib/logins/schema";
import { Register } from "@/lib/registration/schema";
import { signUp } from "@/lib/registration/sign-up";
import { verifyEmail } from "@/lib/registration/verify-email";

export const signUpAction = publicAction(Register, async (ctx, input) => {
  await signUp(ctx, input);
});

export const requestResetAction = publicAction(RequestReset, requestReset);

export const resetPasswordAction = publicAction(ResetPassword, resetPassword);

export const verifyEmailAction = publicAction(VerifyEmail, verifyEmail);
