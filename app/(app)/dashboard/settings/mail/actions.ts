"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/http/action";
import { changePreference } from "@/lib/notifications/change-preference";
import { ChangePreference } from "@/lib/notifications/schema";

export const changePreferenceAction = action(ChangePreference, async (ctx, input) => {
  await changePreference(ctx, input);
  revalidatePath("/dashboard/settings/mail");
});
