"use server";

import { revalidatePath } from "next/cache";
import { changeBranding } from "@/lib/branding/change";
import { removeLogo } from "@/lib/branding/remove-logo";
import { ChangeBranding, SetLogo } from "@/lib/branding/schema";
import { setLogo } from "@/lib/branding/set-logo";
import { action } from "@/lib/http/action";
import { NoInput } from "@/lib/logins/schema";

const refresh = () => revalidatePath("/dashboard/settings/branding");

export const changeBrandingAction = action(ChangeBranding, async (ctx, input) => {
  await changeBranding(ctx, input);
  refresh();
});

export const setLogoAction = action(SetLogo, async (ctx, input) => {
  await setLogo(ctx, input);
  refresh();
});

export const removeLogoAction = action(NoInput, async (ctx) => {
  await removeLogo(ctx);
  refresh();
});
