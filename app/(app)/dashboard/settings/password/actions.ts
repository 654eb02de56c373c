"use server";

import { action } from "@/lib/http/action";
import { changePassword } from "@/lib/logins/change-password";
import { ChangePassword } from "@/lib/logins/schema";

export const changePasswordAction = action(ChangePassword, changePassword);
